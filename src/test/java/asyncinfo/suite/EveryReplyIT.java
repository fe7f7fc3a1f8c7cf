package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.NoReplyException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds for each reply, judged over all replies of the run; hence the last suite. A defect
 * that shows only now and then, in whichever case, is a failure here.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(ClauseCases.class)
class EveryReplyIT {

  /** Transport and envelope. */
  @PerClause
  @Proves(value = Kind.EVERY_REPLY, shapes = Proves.Shapes.ONE)
  void keepsTheResponseFormat(Case it) throws NoReplyException {
    requireNeverBroken(it);
  }

  /** The output table's members. */
  @PerClause
  @Proves(value = Kind.OUTPUT, shapes = Proves.Shapes.ONE)
  void keepsTheOutputTable(Case it) throws NoReplyException {
    requireNeverBroken(it);
  }

  /** No member beside those of the output table. */
  @PerClause
  @Proves(value = Kind.ONLY_OUTPUTS, shapes = Proves.Shapes.ONE)
  void addsNoMember(Case it) throws NoReplyException {
    requireNeverBroken(it);
  }

  /** No code beside those of the page and of the common list. */
  @PerClause
  @Proves(value = Kind.ONLY_ERRORS, shapes = Proves.Shapes.ONE)
  void addsNoCode(Case it) throws NoReplyException {
    requireNeverBroken(it);
  }

  private static void requireNeverBroken(Case it) throws NoReplyException {
    it.askGood();
    it.askAboutNothing();
    List<Evidence> all = it.run().ledger().about(it.clause().id(), it.api().product());
    List<Evidence> broken = all.stream().filter(e -> e.outcome() == Outcome.BROKEN).toList();
    if (all.isEmpty()) {
      throw it.unobserved("no reply of this run bears on it");
    }
    it.conclude(broken, all.size());
  }
}
