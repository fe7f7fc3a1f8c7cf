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

/** What is judged. */
public interface TargetEndpoint extends AutoCloseable {
  /** The region that requests name unless the settings say otherwise. */
  String DEFAULT_REGION = "ap-guangzhou";

  /** Its name in reports: {@code stub}, {@code staging} or {@code replay}. */
  String name();

  /** Where calls go, for people. */
  String description();

  /** The APIs that it serves and that are judged. */
  List<Api> apis();

  /** The base URL of an API. */
  URI endpoint(Api api);

  /** The Host header to send and to sign. */
  String host(Api api);

  /** Returns the proxy through which an API is reached; empty where it is reached directly. */
  default Optional<ProxyServer> proxy(Api api) {
    return Optional.empty();
  }

  /** The region to ask for. */
  String region();

  /**
   * A key for one case. On the stub each call gives a new one, whose budget no other case shares; a
   * staging target has but one.
   */
  Credentials credentials();

  /** What is known to bring clauses about. */
  Fixtures fixtures();

  /** How long a call may take. */
  default Timeouts timeouts() {
    return Timeouts.DEFAULT;
  }

  /** How many functional calls per second and API may be sent; 0 means as fast as they come. */
  default int maxRps() {
    return 0;
  }

  /** How many calls a run may make in all; empty for any number. */
  default OptionalInt maxRequests() {
    return OptionalInt.empty();
  }

  /** How long a run may take in all; empty for any time. */
  default Optional<Duration> maxDuration() {
    return Optional.empty();
  }

  /**
   * Whether all cases use one account, and others may use it too. Then each question is asked once
   * for all cases that ask it, and a call that the limit refuses is sent again.
   */
  boolean usesSharedAccount();

  /** The certificates to trust, where they are not the JDK's. */
  default Optional<Truststore> truststore() {
    return Optional.empty();
  }

  /** The violations that are put up with. */
  Waivers waivers();

  /** The settings that are not the same everywhere, for the report; nothing secret. */
  Map<String, String> settings();

  /** What is about to be sent where, in one line. */
  String startupMessage();

  /** How the limit is probed. */
  LimitTestOptions limitTestOptions();

  /** Whether it is an endpoint that is called now, so that what is found is live evidence. */
  default boolean isLive() {
    return false;
  }

  /** The folder in which recordings of runs are kept; empty where none are. */
  default Optional<Path> recordingDirectory() {
    return Optional.empty();
  }

  /** The recorded run that is judged in the place of an endpoint; empty where none is. */
  default Optional<RecordedRun> recordedRun() {
    return Optional.empty();
  }

  /** What a command line says to judge it again. */
  default String mavenOption() {
    return name().equals("stub") ? "" : " -P" + name();
  }

  /** Returns the command line that tests a clause again. */
  default String reproduceCommand(Clause clause) {
    return "mvn verify%s -Dclause='%s'".formatted(mavenOption(), clause.id());
  }

  /** Why settings leave a clause out of the run; empty where they do not. */
  default Optional<String> skipReason(Clause clause) {
    return clause.kind() == ClauseKind.LIMIT && limitTestOptions().size().isEmpty()
        ? Optional.of("left out with -Dlimit=off")
        : Optional.empty();
  }

  /** Why load must not be sent to an API; empty where it may. */
  Optional<String> loadTestBlockedBy(Api api);

  /** Whether the run is about a clause; settings may narrow it. */
  boolean includes(Clause clause);

  /** Whether each clause can be seen here, so that an unobserved one is a failure of the run. */
  boolean canTriggerEveryClause();

  /** Returns whether a deviation from observed behaviour turns the build red. */
  boolean strict();

  @Override
  void close();
}
