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
 * What endpoints said in a run that was recorded. Nothing is sent, so no key is needed.
 *
 * @param run the run
 * @param remarks what to know of that run
 * @param fixtures what was known to bring clauses about
 * @param filter which clauses this run is about; never others than the recorded one was
 * @param strict whether a deviation from observed behaviour turns the build red
 */
public record RecordedEndpoint(
    RecordedRun run,
    List<String> remarks,
    Fixtures fixtures,
    Waivers waivers,
    ClauseFilter filter,
    boolean strict)
    implements TargetEndpoint {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A recorded run, judged by this contract. */
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
            WHEN.format(run.when()),
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

  /** Returns a key that recorded responses repeat where the endpoint repeated the real one. */
  @Override
  public Credentials credentials() {
    return new Credentials("AKIDrecorded", Redaction.SECRET_KEY);
  }

  /** As it was when the run was recorded. */
  @Override
  public boolean usesSharedAccount() {
    return true;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("replay", run.path().toString());
    said.put("clause", filter.glob());
    return said;
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
