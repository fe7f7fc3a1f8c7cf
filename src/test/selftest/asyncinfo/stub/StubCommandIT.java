package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.cli.Main;
import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.CredentialsFile;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Timeouts;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.selftest.JavaCommand;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The stub in its own process, as {@code stubs/README.md} starts it. */
@Execution(ExecutionMode.CONCURRENT)
class StubCommandIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Pattern READY =
      Pattern.compile("stub ready: .*dts.* at (http://\\S+) and (https://\\S+); Ctrl-C.*");

  @TempDir Path directory;

  @Test
  void servesHttpAndHttpsAndMoreRegionsUntilItIsStopped() throws Exception {
    Credentials permanent = new Credentials("AKIDpermanent", "one-key");
    Credentials temporary = new Credentials("AKIDtemporary", "other-key", Optional.of("a-token"));
    Path keys = directory.resolve("keys");
    CredentialsFile.write(keys, Map.of("default", permanent, "temporary", temporary));
    Process stub =
        start(
            "--port=0",
            "--https-port=0",
            "--credentials=" + keys,
            "--region=ap-one",
            "--region=ap-two");
    try (BufferedReader out = stub.inputReader(StandardCharsets.UTF_8)) {
      Matcher ready = READY.matcher(String.valueOf(out.readLine()));
      assertThat(ready.matches()).isTrue();
      assertThat(out.readLine()).contains("truststore.p12", "certificate.pem");
      assertThat(out.readLine()).endsWith("2 from " + keys);
      assertThat(out.readLine()).contains("dts 20 per 1 s");

      for (String url : List.of(ready.group(1), ready.group(2))) {
        for (Credentials key : List.of(permanent, temporary)) {
          assertThat(status(URI.create(url), key)).isEqualTo("success");
        }
      }
      URI endpoint = URI.create(ready.group(1));
      assertThat(status(endpoint, permanent, "ap-one")).isEqualTo("success");
      assertThat(status(endpoint, permanent, "ap-two")).isEqualTo("success");
      assertThat(status(endpoint, permanent, "ap-three")).contains("InvalidParameterValue");
      assertThat(certificate()).isEqualTo(trustStore().getCertificate("authority"));

      stub.toHandle().destroy();
      assertThat(stub.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(out.lines()).containsExactly("stub stopped");
    } finally {
      stub.destroyForcibly();
    }
  }

  @Test
  void createsAKeyIfNoneIsGiven() throws Exception {
    Process stub = start("--port", "0", "--limit", "none");
    try (BufferedReader out = stub.inputReader(StandardCharsets.UTF_8)) {
      String ready = out.readLine();
      assertThat(ready).startsWith("stub ready: ").doesNotContain("https");
      assertThat(out.readLine()).endsWith("in " + directory.resolve("credentials"));
      assertThat(out.readLine()).endsWith("none");

      Credentials created =
          CredentialsFile.read(directory.resolve("credentials"))
              .get(CredentialsFile.DEFAULT_PROFILE);
      URI endpoint = URI.create(ready.replaceFirst(".* at (http://[^;]+);.*", "$1"));
      for (int i = 0; i < 50; i++) {
        assertThat(status(endpoint, created)).isEqualTo("success");
      }
    } finally {
      stub.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--port=x, \"Invalid value for option '--port': 'x' is not an int; --help lists all options\"",
    "--limit=0, \"--limit: '0' is neither a positive number nor none nor a kind of limiter:"
        + " fixed,\"",
    "--limit=-1, \"--limit: '-1' is neither a positive number nor none nor a kind of limiter:"
        + " fixed,\"",
    "--credentials=none.ini, \"none.ini: there is no such file; --help lists all options\"",
    "--limt=3, \"Unknown option: '--limt=3'; --help lists all options\""
  })
  void reportsABadOptionInOneLine(String option, String line) {
    assertThat(error(option)).startsWith(line.replace("\"", ""));
  }

  @Test
  void reportsAPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(error("--port=" + taken.getLocalPort(), "--directory=" + directory))
          .startsWith("cannot listen on 127.0.0.1, port " + taken.getLocalPort() + ": ")
          .hasLineCount(1);
    }
  }

  private static String error(String... arguments) {
    StringWriter output = new StringWriter();
    CommandLine stub = Main.commandLine().setErr(new PrintWriter(output, true));

    assertThat(
            stub.execute(
                Stream.concat(Stream.of("stub"), Stream.of(arguments)).toArray(String[]::new)))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    return output.toString();
  }

  private Process start(String... arguments) throws Exception {
    List<String> command =
        JavaCommand.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "stub", "--directory", directory.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().keySet().removeIf(name -> name.startsWith("TENCENTCLOUD_"));
    return process.start();
  }

  private String status(URI endpoint, Credentials key) throws Exception {
    return status(endpoint, key, "ap-guangzhou");
  }

  private String status(URI endpoint, Credentials key, String region) throws Exception {
    Api api = SPECIFICATION.apis().get(0);
    SignedRequest message =
        ApiRequest.of(
                api,
                RequestFormat.POST_JSON_V3,
                endpoint.getAuthority(),
                region,
                api.examples().get(0).request(),
                key,
                Instant.now(),
                1)
            .sign();
    Optional<Truststore> truststore =
        endpoint.getScheme().equals("https")
            ? Optional.of(new Truststore(directory.resolve("truststore.p12"), "changeit"))
            : Optional.empty();
    try (RestAssuredClient client = new RestAssuredClient(endpoint, Timeouts.DEFAULT, truststore)) {
      String response = client.send(message).text();
      return Json.read(response).at("/Response/Status").asString(response);
    }
  }

  private KeyStore trustStore() throws Exception {
    return KeyStore.getInstance(
        directory.resolve("truststore.p12").toFile(), "changeit".toCharArray());
  }

  private java.security.cert.Certificate certificate() throws Exception {
    try (InputStream in = Files.newInputStream(directory.resolve("certificate.pem"))) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
