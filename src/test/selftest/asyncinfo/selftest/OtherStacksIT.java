package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import asyncinfo.client.Credentials;
import asyncinfo.client.Timeouts;
import asyncinfo.config.Settings;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.endpoint.Ticker;
import asyncinfo.stub.Stub;
import asyncinfo.suite.TestRun;
import asyncinfo.verdict.Verdict;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The suites against HTTP servers of other makes before the stub. A server that is not installed is
 * skipped. Bursts are left out: they are not a matter of the HTTP server. All request formats are
 * sent to nginx with its default settings and to Node.js. Where only the connection differs, the
 * suites about what is asked are left out.
 */
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("AddressSelection") // Literals of addresses, not names.
class OtherStacksIT {
  private static final Specification SPECIFICATION = Specification.load();
  private static final String[] SUITES =
      Arrays.stream(SuiteRun.ALL_SUITES)
          .filter(suite -> !suite.equals("RequestFrequencyIT"))
          .toArray(String[]::new);
  private static final String[] ABOUT_CONNECTIONS = {
    "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "RequestSizeIT", "EveryResponseIT"
  };
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(JdkFront.Style.class)
  void findNoFaultInTheServerOfTheJdk(JdkFront.Style style) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    try (Stub stub = stub();
        JdkFront front = new JdkFront(server, stub.endpoint(), style)) {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();

      String[] suites = style == JdkFront.Style.PLAIN ? SUITES : ABOUT_CONNECTIONS;

      assertCompliant(judge("jdk-" + style, stub, url, Map.of(), true, suites));
      assertThat(front).isNotNull();
    }
  }

  @Test
  void findNoFaultInAServerOnIpv6() throws IOException {
    InetAddress loopback = InetAddress.getByName("::1");
    assumeTrue(hasIpv6(loopback), "this machine has no IPv6 loopback address");
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    try (Stub stub = stub();
        JdkFront front = new JdkFront(server, stub.endpoint(), JdkFront.Style.PLAIN)) {
      String url = "http://[::1]:" + server.getAddress().getPort();

      assertCompliant(judge("jdk-ipv6", stub, url, Map.of(), true, ABOUT_CONNECTIONS));
      assertThat(front).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void findNoFaultInAServerWithOneVersionOfTls(String version) throws Exception {
    Path keyStore = keyStore();
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(only(version, keyStore));
    try (Stub stub = stub();
        JdkFront front = new JdkFront(server, stub.endpoint(), JdkFront.Style.PLAIN)) {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      Map<String, String> trusting =
          Map.of("truststore", trustStore(keyStore).toString(), "truststore.password", PASSWORD);

      assertCompliant(judge("jdk-" + version, stub, url, trusting, true, ABOUT_CONNECTIONS));
      assertThat(front).isNotNull();
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "nginx, nginx.conf, -e stderr -c, true",
    "nginx, nginx-defaults.conf, -e stderr -c, false",
    "haproxy, haproxy.cfg, -f, true",
    "node, front.js, , false",
    "python3, front.py, , true"
  })
  void findNoFaultInAnotherServer(
      String program, String configuration, String options, boolean oneFormat) throws IOException {
    Path installed = ProcessFront.program(program).orElse(null);
    assumeTrue(installed != null, program + " is not installed");
    List<String> command =
        Stream.concat(
                Stream.of(installed.toString()),
                options == null ? Stream.of() : Stream.of(options.split(" ")))
            .toList();
    try (Stub stub = stub();
        ProcessFront front =
            ProcessFront.start(directory, stub.endpoint(), configuration, command)) {
      assertCompliant(
          judge(configuration, stub, front.endpoint().toString(), Map.of(), oneFormat, SUITES));
    }
  }

  private static void assertCompliant(SuiteRun run) {
    assertThat(run.failures()).isEmpty();
    assertThat(run.lines()).isEmpty();
    assertThat(run.clauses(Verdict.FAIL)).isEmpty();
    assertThat(run.clauses(Verdict.ERROR)).isEmpty();
    assertThat(run.clauses(Verdict.DEVIATES)).isEmpty();
    assertThat(run.clauses(Verdict.PASS))
        .contains("dts/3/Status=failed", "mongodb/4/example-1", "common/request/size-json");
  }

  private static Stub stub() {
    return Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0));
  }

  private static SuiteRun judge(
      String name,
      Stub stub,
      String url,
      Map<String, String> more,
      boolean oneFormat,
      String... suites) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("target", "staging");
    properties.put("fixtures", Path.of("stubs", "fixtures").toString());
    SPECIFICATION.apis().forEach(api -> properties.put(api.id() + ".endpoint", url));
    Credentials key = stub.accounts().create();
    Map<String, String> environment =
        Map.of(
            "TENCENTCLOUD_SECRET_ID", key.secretId(),
            "TENCENTCLOUD_SECRET_KEY", key.secretKey());
    RemoteEndpoint target =
        (RemoteEndpoint) Settings.of(SPECIFICATION, properties, environment).open();
    String run = "stack-" + name;
    return SuiteRun.against(
        run,
        new TestRun.RunConfiguration(
            SPECIFICATION,
            target.withoutPacing(Timeouts.DEFAULT),
            Path.of("target", "selftest", run, "suites.jsonl"),
            oneFormat,
            InstantSource.system(),
            Ticker.SYSTEM),
        suites);
  }

  private static boolean hasIpv6(InetAddress loopback) {
    try {
      HttpServer.create(new InetSocketAddress(loopback, 0), 0).stop(0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns a self-signed key for the loopback address. */
  private Path keyStore() throws IOException, InterruptedException {
    Path file = directory.resolve("key.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String command =
        "%s -genkeypair -keystore %s -storepass %s -storetype PKCS12 -alias front -keyalg EC -dname CN=front -ext san=ip:127.0.0.1"
            .formatted(keytool, file, PASSWORD);
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return file;
  }

  /** Returns the certificate of a key store as one that clients trust. */
  private Path trustStore(Path keyStore) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("front", load(keyStore).getCertificate("front"));
    Path file = directory.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static KeyStore load(Path keyStore) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static HttpsConfigurator only(String version, Path keyStore)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(load(keyStore), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters ssl = context.getDefaultSSLParameters();
        ssl.setProtocols(new String[] {version});
        parameters.setSSLParameters(ssl);
      }
    };
  }
}
