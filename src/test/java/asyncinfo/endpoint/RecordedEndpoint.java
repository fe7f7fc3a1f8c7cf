package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.client.Redaction;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.recording.RecordedRun;
import asyncinfo.recording.Recording;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A replay of a recorded run. It sends no requests, so it needs no key.
 *
 * @param run the run
 * @param remarks notes on that run, one sentence each
 * @param fixtures the fixtures of the recorded run
 * @param filter the clauses to check, further restricted to those of the recorded run
 * @param strict true if a deviation from observed behaviour fails the build
 */
public record RecordedEndpoint(
    RecordedRun run,
    List<String> remarks,
    Fixtures fixtures,
    Waivers waivers,
    ClauseFilter filter,
    boolean strict)
    implements TargetEndpoint {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Creates a replay that is checked against this contract. */
  public RecordedEndpoint(
      Specification specification,
      RecordedRun run,
      Waivers waivers,
      ClauseFilter filter,
      boolean strict) {
    this(run, run.remarks(specification), fixtures(run), waivers, filter, strict);
  }

  private static Fixtures fixtures(RecordedRun run) {
    Map<Api, Map<String, Map<String, String>>> recorded = new LinkedHashMap<>();
    run.recordings().forEach((api, each) -> recorded.put(api, each.head().fixtures()));
    return Fixtures.of(recorded);
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String description() {
    return "the recording of %s UTC of %s"
        .formatted(
            MINUTES.format(run.when()),
            run.recordings().values().stream()
                .map(Recording::head)
                .map(Recording.Head::endpoint)
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  @Override
  public Optional<RecordedRun> recordedRun() {
    return Optional.of(run);
  }

  @Override
  public String mavenOption() {
    return " -Dreplay=" + run.path();
  }

  @Override
  public List<Api> apis() {
    return List.copyOf(run.recordings().keySet());
  }

  @Override
  public URI endpoint(Api api) {
    return URI.create(run.head(api).endpoint());
  }

  @Override
  public String host(Api api) {
    return run.head(api).host();
  }

  @Override
  public String region() {
    return run.recordings().values().iterator().next().head().region();
  }

  /**
   * Returns the placeholder key that recorded responses contain if the endpoint repeated the real
   * one.
   */
  @Override
  public Credentials credentials() {
    return new Credentials("AKIDrecorded", Redaction.SECRET_KEY);
  }

  /** Returns true, as in the recorded run. */
  @Override
  public boolean usesSharedAccount() {
    return true;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("replay", run.path().toString());
    settings.put("clause", filter.glob());
    return settings;
  }

  @Override
  public String startupMessage() {
    return remarks.stream()
        .map(remark -> "\n" + remark)
        .collect(
            Collectors.joining("", "Nothing is sent: " + description() + " is judged again", ""));
  }

  @Override
  public LimitTestOptions limitTestOptions() {
    return new LimitTestOptions(Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<String> skipReason(Clause clause) {
    return clause.kind() == ClauseKind.LIMIT
        ? Optional.of("left out: a replay sends nothing, and a recording has no load in it")
        : Optional.empty();
  }

  @Override
  public Optional<String> loadTestBlockedBy(Api api) {
    return Optional.of(run.head(api).loadTestBlockedBy()).filter(why -> !why.isEmpty());
  }

  @Override
  public boolean includes(Clause clause) {
    return filter.test(clause)
        && apis().stream().anyMatch(api -> new ClauseFilter(run.head(api).clause()).test(clause));
  }

  @Override
  public boolean canTriggerEveryClause() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
