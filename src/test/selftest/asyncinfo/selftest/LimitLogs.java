package asyncinfo.selftest;

import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.CallerIdentity;
import asyncinfo.ratelimit.LimitLog;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.ProbeId;
import asyncinfo.ratelimit.Sample;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Limit log of an endpoint that counts by the clock's second, with the evidence it leads to. */
final class LimitLogs {
  private static final long SECOND = 1_000_000_000L;
  private static final int PROMISED = 20;

  private final String product;
  private final int real;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<Long, Integer> served = new HashMap<>();

  private LimitLogs(String product, int real) {
    this.product = product;
    this.real = real;
  }

  /**
   * Writes a log and its evidence.
   *
   * @param folder the folder of the run
   * @param product the API
   * @param real how many calls the endpoint accepts each second; 20 are promised
   */
  static void write(Path folder, String product, int real) throws IOException {
    LimitLogs log = new LimitLogs(product, real);
    log.send(product, ProbeId.of(Probe.WARM_UP), 0, 10);
    for (int i = 0; i < 18; i++) {
      log.send(product, ProbeId.of(Probe.BELOW), 3 * SECOND + i * (SECOND / 15), 1);
    }
    for (int i = 0; i < 3; i++) {
      long at = (7L + 3L * i) * SECOND + i * 330_000_000L;
      log.send(product, ProbeId.of(Probe.BURST, i + 1), at, 30);
    }
    for (int i = 0; i < 120; i++) {
      log.send(product, ProbeId.of(Probe.SUSTAINED), 18 * SECOND + i * (SECOND / 40), 1);
    }
    log.send("another", ProbeId.of(Probe.TOGETHER, 1), 23 * SECOND, 20);
    log.send(product, ProbeId.of(Probe.TOGETHER, 1), 24 * SECOND, 20);
    log.write(folder);
  }

  private void send(String api, ProbeId probe, long at, int calls) {
    for (int i = 0; i < calls; i++) {
      long sent = at + i * 400_000L;
      long second = Math.floorDiv(sent + SECOND / 4, SECOND);
      CallOutcome outcome =
          served.merge(second, 1, Integer::sum) <= real
              ? CallOutcome.ACCEPTED
              : CallOutcome.THROTTLED;
      samples.add(
          new Sample(
              api,
              probe,
              CallerIdentity.FIRST,
              i,
              "POST v3",
              "a task",
              at,
              sent,
              sent + 6_000_000L,
              outcome,
              ""));
    }
  }

  private void write(Path folder) throws IOException {
    boolean enforced = real == PROMISED;
    LimitVerdict verdict =
        new LimitVerdict(
            enforced ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED,
            real + " per second (fixed window)",
            enforced ? "" : "of 30 calls at once %d were accepted".formatted(Math.min(30, real)),
            List.of(),
            List.of("The second follows the clock, which the page leaves open."),
            List.of("Limits of other accounts: this run has one account."),
            248,
            24,
            20,
            "");
    new LimitLog(
            product,
            new LimitLog.Limit(PROMISED, 1),
            "standard",
            "2026-11-25T19:00:00.250Z",
            List.of(new LimitedApi(product, PROMISED, 1, false, false)),
            samples)
        .write(folder.resolve("limit").resolve(product + ".json"), verdict);
    try (EvidenceLog evidence = new EvidenceLog(folder.resolve("limit-" + product + ".jsonl"))) {
      evidence.add(
          new Evidence(
              product + "/1/limit",
              product,
              "limit",
              enforced ? Outcome.PASSED : Outcome.FAILED,
              Finding.of(
                  "20 requests per 1 s, no fewer and no more",
                  verdict.sentence(),
                  "mvn verify -Dclause='%s/1/limit'".formatted(product)),
              248));
    }
  }
}
