package asyncinfo.ratelimit;

import java.util.Optional;

/** One rule that a reader can follow with the counts of the probes. */
interface Rule {
  /** Returns a classification, or empty if the rule does not apply. */
  Optional<Classification> classify(RunEvidence evidence);
}
