package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.verdict.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** What API 3.0 promises of every action: request structure, parameters, signature, frequency. */
@Order(7)
@ExtendWith(ClauseInvocationProvider.class)
class CommonRulesIT {

  /** A lawful request is served. */
  @ClauseTest
  @Covers(value = ClauseKind.SERVED, formats = Covers.Formats.OF_THE_PROMISE)
  void servesALawfulRequest(TestCase it) throws NoResponseException {
    Requirement promise = it.promise();
    it.requireServed(
        it.ask(it.format(), RequestMutation.named(promise.alteration()), promise.parameter()));
  }

  /** A request that breaks a rule is refused with a code that says so. */
  @ClauseTest
  @Covers(value = ClauseKind.REFUSED, formats = Covers.Formats.OF_THE_PROMISE)
  void refusesARequestThatBreaksARule(TestCase it) throws NoResponseException {
    it.requireError(new MutatedRequestSender(it).send(it.promise()), it.promise().codes());
  }

  /** A common error comes with its code. */
  @ClauseTest
  @Covers(value = ClauseKind.COMMON_ERROR, formats = Covers.Formats.OF_THE_PROMISE)
  void returnsTheCommonErrorCode(TestCase it) throws NoResponseException {
    String code = it.clause().name();
    Optional<Requirement> promise = it.specification().requirementOf(code);
    if (promise.isEmpty() || it.hasFixture()) {
      it.requireError(it.sendFixture(), List.of(code));
      return;
    }
    ApiResponse reply = new MutatedRequestSender(it).send(promise.get());
    String answer = reply.errorCode().orElse("");
    if (!answer.equals(code) && promise.get().codes().contains(answer)) {
      throw it.notTestable("the endpoint answers " + answer + " in its place, which is as good");
    }
    it.requireError(reply, List.of(code));
  }

  /** The shape of a call makes no difference to the reply. */
  @ClauseTest
  @Covers(
      value = ClauseKind.EVERY_REPLY,
      name = "same-for-every-shape",
      formats = Covers.Formats.ONE)
  void answersEveryShapeAlike(TestCase it) throws NoResponseException {
    String before = MutatedRequestSender.comparable(it.sendValidUncached(it.format()));
    for (RequestFormat format : RequestFormat.values()) {
      String other = MutatedRequestSender.comparable(it.sendValidUncached(format));
      String after = MutatedRequestSender.comparable(it.sendValidUncached(it.format()));
      // A task may move on between two calls; only a reply between two equal ones is compared.
      it.require(
          !before.equals(after) || other.equals(before),
          it.format() + ": " + before,
          format + ": " + other);
      before = after;
    }
  }
}
