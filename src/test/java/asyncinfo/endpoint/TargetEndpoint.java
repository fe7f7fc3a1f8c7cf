package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.client.ProxyServer;
import asyncinfo.client.Timeouts;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.recording.RecordedRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The target of a run: an endpoint, the stub or a recording. */
public interface TargetEndpoint extends AutoCloseable {
  /** The region of requests unless configured otherwise. */
  String DEFAULT_REGION = "ap-guangzhou";

  /** Returns its name in reports: {@code stub}, {@code staging} or {@code replay}. */
  String name();

  /** Returns a readable description of the destination. */
  String description();

  /** Returns the APIs that it serves. */
  List<Api> apis();

  /** Returns the base URL of an API. */
  URI endpoint(Api api);

  /** Returns the Host header to send and sign. */
  String host(Api api);

  /** Returns the proxy of an API; empty for a direct connection. */
  default Optional<ProxyServer> proxy(Api api) {
    return Optional.empty();
  }

  /** Returns the region of requests. */
  String region();

  /**
   * Returns a key for one test case. The stub creates a new key, with its own limit, for each
   * invocation; a staging target has one key.
   */
  Credentials credentials();

  /** Returns the fixtures that trigger clauses. */
  Fixtures fixtures();

  /** Returns the time-outs of a request. */
  default Timeouts timeouts() {
    return Timeouts.DEFAULT;
  }

  /** Returns the maximum rate of functional requests, per second and API; 0 for unlimited. */
  default int maxRps() {
    return 0;
  }

  /** Returns the maximum number of requests of a run; empty for unlimited. */
  default OptionalInt maxRequests() {
    return OptionalInt.empty();
  }

  /** Returns the maximum duration of a run; empty for unlimited. */
  default Optional<Duration> maxDuration() {
    return Optional.empty();
  }

  /**
   * Returns true if all test cases share one account, possibly with other clients. Then throttled
   * requests are retried.
   */
  boolean usesSharedAccount();

  /** Returns the certificates to trust instead of the JDK's. */
  default Optional<Truststore> truststore() {
    return Optional.empty();
  }

  /** Returns the waivers for accepted violations. */
  Waivers waivers();

  /** Returns the environment-specific settings for the report, without secrets. */
  Map<String, String> settings();

  /** Returns one line on the planned requests and their destinations. */
  String startupMessage();

  /** Returns the options of the limit test. */
  LimitTestOptions limitTestOptions();

  /** Returns true for a live endpoint, so that results count as live evidence. */
  default boolean isLive() {
    return false;
  }

  /** Returns the folder for recordings; empty if none are made. */
  default Optional<Path> recordingDirectory() {
    return Optional.empty();
  }

  /** Returns the recorded run to replay instead of calling an endpoint; empty otherwise. */
  default Optional<RecordedRun> recordedRun() {
    return Optional.empty();
  }

  /** Returns the Maven options that select this target. */
  default String mavenOption() {
    return name().equals("stub") ? "" : " -P" + name();
  }

  /** Returns the command line that tests a clause again. */
  default String reproduceCommand(Clause clause) {
    return "mvn verify%s -Dclause='%s'".formatted(mavenOption(), clause.id());
  }

  /** Returns the reason for which settings skip a clause; empty if they do not. */
  default Optional<String> skipReason(Clause clause) {
    return clause.kind() == ClauseKind.LIMIT && limitTestOptions().size().isEmpty()
        ? Optional.of("left out with -Dlimit=off")
        : Optional.empty();
  }

  /** Returns the reason for which load tests of an API are blocked; empty if they are allowed. */
  Optional<String> loadTestBlockedBy(Api api);

  /** Returns true if the run includes a clause; settings may exclude it. */
  boolean includes(Clause clause);

  /** Returns true if every clause can be triggered, so that an unobserved one fails the run. */
  boolean canTriggerEveryClause();

  /** Returns true if a deviation from observed behaviour fails the build. */
  boolean strict();

  @Override
  void close();
}
