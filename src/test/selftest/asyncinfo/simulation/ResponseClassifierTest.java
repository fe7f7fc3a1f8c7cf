package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.ApiResponse;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classifies responses into the texts that Gatling's report shows. */
class ResponseClassifierTest {
  private final ResponseClassifier classifier =
      new ResponseClassifier(Specification.load(), text -> text.replace("secret", "***"));

  @ParameterizedTest
  @CsvSource({
    "200, '{\"Response\":{\"RequestId\":\"a\"}}', accepted",
    "200, '{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}', throttled:"
        + " RequestLimitExceeded",
    "200, '{\"Response\":{\"Error\":{\"Code\":\"ResourceNotFound\"}}}', accepted",
    "200, '{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\"}}}', other:"
        + " Error.Code AuthFailure.SignatureFailure",
    "200, '{\"Response\":{\"Error\":{\"Message\":\"x\"}}}', other: HTTP status 200",
    "200, '{\"Response\":[]}', other: HTTP status 200",
    "200, 'busy', other: HTTP status 200",
    "200, '', other: HTTP status 200",
    "429, '{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}', other: Error.Code"
        + " RequestLimitExceeded",
    "503, '', other: HTTP status 503",
  })
  void readsTheOutcomeFromTheBody(int status, String body, String text) {
    assertThat(classify(status, body, 0)).hasToString(text);
  }

  @Test
  void acceptsABusinessErrorOnlyWhereTheSubjectHasItFromItsFirstCallOn() {
    String data = "{'Response':{'RequestId':'a'}}".replace('\'', '"');
    String error = "{'Response':{'Error':{'Code':'InternalError.Other'}}}".replace('\'', '"');

    assertThat(classify(200, data, 0)).hasToString("accepted");
    assertThat(classify(200, error, 0)).hasToString("other: Error.Code InternalError.Other");
    assertThat(classify(200, error, 1)).hasToString("accepted");
    assertThat(classify(200, error, 1)).hasToString("accepted");
  }

  @Test
  void redactsWhatItQuotes() {
    String echo = "{'Response':{'Error':{'Code':'secret'}}}".replace('\'', '"');

    assertThat(classify(500, echo, 0)).hasToString("other: Error.Code ***");
  }

  private ResponseClassifier.Classification classify(int status, String body, int subject) {
    return classifier.classify(
        new ApiResponse(status, List.of(), body.getBytes(StandardCharsets.UTF_8)), subject);
  }
}
