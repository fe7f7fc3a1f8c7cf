package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.SecretKeyScan;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks each response of a case against the rules for every response, and records the evidence.
 *
 * @param run the run
 * @param api the API that was called
 * @param evidence where the observations are recorded
 * @param secretKey finds the SecretKey of the case, which no response may repeat
 */
record ResponseChecker(TestRun run, Api api, EvidenceRecorder evidence, SecretKeyScan secretKey) {
  private static final String SECRET_KEY = "common/response/secret-key";

  /** Checks a response; one of a proxy that rejects an oversized request is not the API's. */
  CheckedResponse check(
      RequestTemplate template, SignedRequest request, ApiResponse response, Instant sent) {
    if (template.mutation() == RequestMutation.OVERSIZE
        && DroppableResponse.isRejectedByProxy(response)) {
      return new CheckedResponse(
          request, response, List.of(), clockSkew(response), sent, run.now());
    }
    List<Observation> observations = new ArrayList<>(run.responseChecks().check(api, response));
    observations.add(
        secretKey
            .find(request, response)
            .map(
                place ->
                    Observation.broken(
                        SECRET_KEY,
                        "neither the SecretKey nor a key derived from it",
                        "one of them in " + place,
                        place,
                        "repeated"))
            .orElseGet(() -> Observation.passed(SECRET_KEY)));
    if (response.isData()) {
      run.responseChecks()
          .checkChanges(api, run.taskHistory().responses(template), response)
          .forEach(change -> replacePassed(observations, change));
    }
    CheckedResponse checked =
        new CheckedResponse(request, response, observations, clockSkew(response), sent, run.now());
    evidence.observed(checked);
    run.taskHistory().add(template, checked);
    return checked;
  }

  private static void replacePassed(List<Observation> observations, Observation broken) {
    if (observations.removeIf(o -> o.passed() && o.clause().equals(broken.clause()))) {
      observations.add(broken);
    }
  }

  private long clockSkew(ApiResponse response) {
    try {
      return response
          .header("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
          .map(date -> date.toEpochSecond() - run.now().getEpochSecond())
          .orElse(0L);
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
