package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.contract.Promise;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** What API 3.0 promises of every action: request structure, parameters, signature, frequency. */
@Order(7)
@ExtendWith(ClauseCases.class)
class CommonPartIT {

  /** A lawful request is served. */
  @PerClause
  @Proves(value = Kind.SERVED, shapes = Proves.Shapes.OF_THE_PROMISE)
  void servesALawfulRequest(Case it) throws NoReplyException {
    Promise promise = it.promise();
    it.requireServed(
        it.ask(it.shape(), Alteration.named(promise.alteration()), promise.parameter()));
  }

  /** A request that breaks a rule is refused with a code that says so. */
  @PerClause
  @Proves(value = Kind.REFUSED, shapes = Proves.Shapes.OF_THE_PROMISE)
  void refusesARequestThatBreaksARule(Case it) throws NoReplyException {
    it.requireError(new Altered(it).send(it.promise()), it.promise().codes());
  }

  /** A common error comes with its code. */
  @PerClause
  @Proves(value = Kind.COMMON_ERROR, shapes = Proves.Shapes.OF_THE_PROMISE)
  void returnsTheCommonErrorCode(Case it) throws NoReplyException {
    String code = it.clause().name();
    Optional<Promise> promise = it.catalogue().promiseOf(code);
    if (promise.isEmpty() || it.hasProvocation()) {
      it.requireError(it.provoke(), List.of(code));
      return;
    }
    Reply reply = new Altered(it).send(promise.get());
    String answer = reply.errorCode().orElse("");
    if (!answer.equals(code) && promise.get().codes().contains(answer)) {
      throw it.notProvokable("the endpoint answers " + answer + " in its place, which is as good");
    }
    it.requireError(reply, List.of(code));
  }

  /** The shape of a call makes no difference to the reply. */
  @PerClause
  @Proves(value = Kind.EVERY_REPLY, name = "same-for-every-shape", shapes = Proves.Shapes.ONE)
  void answersEveryShapeAlike(Case it) throws NoReplyException {
    String before = Altered.comparable(it.showGood(it.shape()));
    for (CallShape shape : CallShape.values()) {
      String other = Altered.comparable(it.showGood(shape));
      String after = Altered.comparable(it.showGood(it.shape()));
      // A task may move on between two calls; only a reply between two equal ones is compared.
      it.require(
          !before.equals(after) || other.equals(before),
          it.shape() + ": " + before,
          shape + ": " + other);
      before = after;
    }
  }
}
