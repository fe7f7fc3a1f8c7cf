package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.BlockedApis;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.WorkloadBounds;
import asyncinfo.verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decides by the settings which APIs the workload is sent to. */
class LimitPlanTest {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Api FIRST = SPECIFICATION.apis().get(0);
  private static final Api SECOND = SPECIFICATION.apis().get(1);
  private static final Map<String, String> KEY =
      Map.of("TENCENTCLOUD_SECRET_ID", "id", "TENCENTCLOUD_SECRET_KEY", "key");
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @Test
  void sendsToTheAllowedHostsOnly() {
    LimitPlan plan = plan(List.of(), "limit.hosts", "second.example");

    assertThat(plan.limitedApis()).containsOnlyKeys(SECOND);
    assertThat(plan.notRun())
        .singleElement()
        .satisfies(
            evidence -> {
              assertThat(evidence.api()).isEqualTo(FIRST.id());
              assertThat(evidence.outcome()).isEqualTo(Outcome.NOT_TESTABLE);
              assertThat(evidence.finding().actual())
                  .isEqualTo("limit.hosts does not name first.example, so no load is sent there");
            });
  }

  @Test
  void sendsNothingWhereNoHostIsAllowed() {
    LimitPlan plan = plan(List.of());

    assertThat(plan.limitedApis()).isEmpty();
    assertThat(plan.notRun()).hasSize(2);
  }

  @Test
  void sendsNothingWhereNoLimitClauseIsSelected() {
    LimitPlan plan =
        plan(List.of(), "limit.hosts", "first.example,second.example", "clause", "*/3/*");

    assertThat(plan.limitedApis()).isEmpty();
    assertThat(plan.notRun()).isEmpty();
  }

  @Test
  void keepsMaxRequestsWithWhatTheSuitesHaveUsed() {
    int one = most(plan(List.of(), "limit.hosts", "first.example"));
    RequestCounts suites = new RequestCounts(NOW.toString(), 1, Map.of(FIRST.id(), 100), Map.of());
    String hosts = "first.example,second.example";

    LimitPlan exact =
        plan(List.of(suites), "limit.hosts", hosts, "max.requests", String.valueOf(100 + one));
    LimitPlan oneLess =
        plan(List.of(suites), "limit.hosts", hosts, "max.requests", String.valueOf(99 + one));

    assertThat(exact.limitedApis()).containsOnlyKeys(FIRST);
    assertThat(oneLess.limitedApis()).isEmpty();
    assertThat(oneLess.notRun())
        .allSatisfy(evidence -> assertThat(evidence.outcome()).isEqualTo(Outcome.ERROR))
        .first()
        .satisfies(
            evidence ->
                assertThat(evidence.finding().actual())
                    .startsWith("not sent: 100 of max.requests=" + (99 + one) + " are used"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "extended"})
  void leavesRoomForAllApisByDefault(String size) {
    RequestCounts suites =
        new RequestCounts(NOW.toString(), 1, Map.of(FIRST.id(), 480, SECOND.id(), 480), Map.of());
    String[] settings = {"limit.hosts", "first.example,second.example", "limit", size};

    assertThat(plan(List.of(suites), settings).limitedApis()).containsOnlyKeys(FIRST, SECOND);
    assertThat(plan(List.of(suites, suites), settings).notRun()).isNotEmpty();
  }

  @Test
  void keepsMaxDurationWithTheTimeThatTheSuitesHaveUsed() {
    String[] settings = {"limit.hosts", "first.example", "max.duration", "200"};
    RequestCounts suites =
        new RequestCounts(NOW.minusSeconds(190).toString(), 1, Map.of(), Map.of());

    assertThat(plan(List.of(), settings).limitedApis()).containsOnlyKeys(FIRST);
    assertThat(plan(List.of(), settings).maxDuration())
        .isLessThanOrEqualTo(Duration.ofSeconds(200));
    assertThat(plan(List.of(suites), settings).notRun())
        .anySatisfy(
            evidence ->
                assertThat(evidence.finding().actual())
                    .startsWith("not sent: max.duration (200 s) would pass"));
  }

  private static int most(LimitPlan plan) {
    return new WorkloadBounds(plan.workload()).mostCalls();
  }

  @Test
  void sendsNothingToAnApiThatRefusedThePreflight() {
    BlockedApis blocked = new BlockedApis(Map.of(FIRST.id(), "not sent: refused"));
    LimitPlan plan = plan(List.of(), blocked, "limit.hosts", "first.example,second.example");

    assertThat(plan.limitedApis()).containsOnlyKeys(SECOND);
    assertThat(plan.notRun())
        .singleElement()
        .satisfies(
            evidence -> {
              assertThat(evidence.outcome()).isEqualTo(Outcome.ERROR);
              assertThat(evidence.finding().actual()).isEqualTo("not sent: refused");
            });
  }

  private static LimitPlan plan(List<RequestCounts> partsBefore, String... settings) {
    return plan(partsBefore, BlockedApis.NONE, settings);
  }

  private static LimitPlan plan(
      List<RequestCounts> partsBefore, BlockedApis blockedApis, String... settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("target", "staging");
    properties.put(FIRST.id() + ".endpoint", "https://first.example");
    properties.put(SECOND.id() + ".endpoint", "https://second.example");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    try (TargetEndpoint endpoint = Settings.of(SPECIFICATION, properties, KEY).open()) {
      return new LimitPlan(SPECIFICATION, endpoint, partsBefore, blockedApis, NOW);
    }
  }
}
