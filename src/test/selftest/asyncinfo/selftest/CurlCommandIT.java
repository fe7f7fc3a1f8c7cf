package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.CurlCommand;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.stub.Stub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pastes the curl commands of the report into a shell, against the stub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlCommandIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api API = SPECIFICATION.apis().get(0);
  private static final String HOUR_AGO_CODE = "AuthFailure.SignatureExpire";

  private final Stub stub = Stub.start(Stub.Options.of(SPECIFICATION));
  private final Credentials key = stub.accounts().create();

  @TempDir private Path folder;

  @AfterAll
  void stop() {
    stub.close();
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void repeatsTheCallInEachFormatWithAnotherKey(RequestFormat format) throws Exception {
    Instant anHourAgo = Instant.now().minusSeconds(3_600);
    SignedRequest request = request(format, key, anHourAgo).sign();

    String commands =
        CurlCommand.of(request, key, stub.endpoint(), anHourAgo.plusSeconds(1)).orElseThrow();

    assertThat(commands).doesNotContain(key.secretId(), key.secretKey());
    assertThat(run(commands, stub.accounts().create()))
        .contains("HTTP/1.1 200", "\"RequestId\"")
        .doesNotContain("AuthFailure");
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void signsWithATokenToo(RequestFormat format) throws Exception {
    Credentials temporary =
        new Credentials("AKIDtemporary", "a secret key", Optional.of("a+token/with=escapes"));
    stub.accounts().add(temporary);
    SignedRequest request = request(format, temporary, Instant.now()).sign();

    String commands =
        CurlCommand.of(request, temporary, stub.endpoint(), Instant.now()).orElseThrow();

    assertThat(commands).doesNotContain("token/with");
    assertThat(run(commands, temporary)).contains("RequestId").doesNotContain("AuthFailure");
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestFormat.class,
      names = {"POST_JSON_V3", "GET_V1_SHA1"})
  void repeatsTextThatAShellWouldInterpret(RequestFormat format) throws Exception {
    ApiRequest request = request(format, key, Instant.now(), "it's $HOME `id` \"x\" %41&a=b \\ é");

    String reply =
        run(CurlCommand.of(request.sign(), key, stub.endpoint(), Instant.now()).orElseThrow(), key);

    assertThat(reply).contains("ResourceNotFound").doesNotContain("AuthFailure");
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestFormat.class,
      names = {"POST_JSON_V3", "POST_FORM_V1_SHA256"})
  void keepsATimestampThatIsOffOnPurpose(RequestFormat format) throws Exception {
    Instant now = Instant.now();
    SignedRequest request = request(format, key, now.minusSeconds(3_600)).sign();

    String commands = CurlCommand.of(request, key, stub.endpoint(), now).orElseThrow();

    assertThat(run(commands, key)).contains(HOUR_AGO_CODE);
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void offersNoneForASignatureThatIsWrong(RequestFormat format) {
    Instant now = Instant.now();
    Credentials wrong = new Credentials(key.secretId(), key.secretKey() + "x");

    assertThat(offered(request(format, wrong, now).sign())).isEmpty();
    assertThat(offered(tampered(request(format, key, now).sign()))).isEmpty();
  }

  @Test
  void offersNoneForARequestTooLongForACommandLine() {
    ApiRequest request =
        request(RequestFormat.POST_JSON_V3, key, Instant.now(), "x".repeat(10_000));

    assertThat(offered(request.sign())).isEmpty();
  }

  private Optional<String> offered(SignedRequest request) {
    return CurlCommand.of(request, key, stub.endpoint(), Instant.now());
  }

  private static SignedRequest tampered(SignedRequest request) {
    UnaryOperator<String> change = text -> text.replace("AsyncRequestId", "asyncRequestId");
    return request
        .withQuery(change.apply(request.query()))
        .withBody(change.apply(request.bodyText()).getBytes(StandardCharsets.UTF_8));
  }

  private ApiRequest request(RequestFormat format, Credentials by, Instant when) {
    return request(format, by, when, "");
  }

  private ApiRequest request(RequestFormat format, Credentials by, Instant when, String id) {
    Map<String, String> arguments = new LinkedHashMap<>(API.examples().get(0).request());
    if (!id.isEmpty()) {
      arguments.replaceAll((name, value) -> id);
    }
    return ApiRequest.of(API, format, API.domain(), "ap-guangzhou", arguments, by, when, 1);
  }

  private String run(String commands, Credentials by) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of("curl", "python3").allMatch(CurlCommandIT::isInstalled),
        "no curl or python3 on this machine, so nothing was pasted");
    Path output = folder.resolve("output");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", commands)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().put(Credentials.SECRET_ID_VARIABLE, by.secretId());
    shell.environment().put(Credentials.SECRET_KEY_VARIABLE, by.secretKey());
    by.token().ifPresent(token -> shell.environment().put(Credentials.TOKEN_VARIABLE, token));
    Process process = shell.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
