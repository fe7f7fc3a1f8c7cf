package asyncinfo.selftest;

import asyncinfo.contract.Json;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes limit logs in the format of the simulation, for an endpoint with a fixed window. */
final class LimitLogs {
  private static final long SECOND = 1_000_000_000L;

  private LimitLogs() {}

  /**
   * Writes a log, and the evidence that belongs to it.
   *
   * @param folder the folder of the run's files
   * @param product the API
   * @param real how many calls the endpoint accepts per second; 20 are documented
   */
  static void write(Path folder, String product, int real) throws IOException {
    List<Map<String, Object>> samples = new ArrayList<>();
    Map<Long, Integer> served = new HashMap<>();
    burst(samples, served, product, "warm-up", 0, 10, real);
    for (int i = 0; i < 18; i++) {
      burst(samples, served, product, "below", 3 * SECOND + i * (SECOND / 15), 1, real);
    }
    for (int i = 0; i < 3; i++) {
      burst(
          samples,
          served,
          product,
          "burst " + (i + 1),
          (7L + 3L * i) * SECOND + i * 330_000_000L,
          30,
          real);
    }
    for (int i = 0; i < 120; i++) {
      burst(samples, served, product, "hammer", 18 * SECOND + i * (SECOND / 40), 1, real);
    }
    burst(samples, served, "another", "together 1", 23 * SECOND, 20, real);
    burst(samples, served, product, "together 1", 24 * SECOND, 20, real);
    boolean right = real == 20;
    String sentence =
        right
            ? "limit ENFORCED, 20 per second (fixed window); 248 requests in 24 s"
            : "limit NOT ENFORCED, enforces %d per second (fixed window): of 30 calls at once %d got through"
                .formatted(real, Math.min(30, real));
    Path limits = Files.createDirectories(folder.resolve("limit"));
    Json.mapper()
        .writeValue(
            limits.resolve(product + ".json").toFile(),
            Map.of(
                "product",
                product,
                "limit",
                Map.of("requests", 20, "seconds", 1),
                "protocol",
                "standard",
                "began",
                "2026-11-25T19:00:00.250Z",
                "samples",
                samples,
                "verdict",
                Map.of(
                    "word",
                    right ? "ENFORCED" : "NOT_ENFORCED",
                    "sentence",
                    sentence,
                    "limiter",
                    real + " per second (fixed window)",
                    "remarks",
                    List.of("The second follows the clock, which the page leaves open."),
                    "notTested",
                    List.of("Limits of other accounts: this run has one account."))));
    try (EvidenceLog evidenceLog = new EvidenceLog(folder.resolve("limit-" + product + ".jsonl"))) {
      evidenceLog.add(
          new Evidence(
              product + "/1/limit",
              product,
              "limit",
              right ? Outcome.PASSED : Outcome.FAILED,
              new Finding(
                  "20 requests per 1 s, no fewer and no more",
                  sentence,
                  "",
                  "",
                  "",
                  "mvn verify -Dclause='%s/1/limit'".formatted(product)),
              248));
    }
  }

  private static void burst(
      List<Map<String, Object>> samples,
      Map<Long, Integer> served,
      String api,
      String probe,
      long at,
      int calls,
      int real) {
    for (int i = 0; i < calls; i++) {
      long sent = at + i * 400_000L;
      long second = Math.floorDiv(sent + SECOND / 4, SECOND);
      boolean accepted = served.merge(second, 1, Integer::sum) <= real;
      samples.add(
          Map.of(
              "api", api,
              "probe", probe,
              "origin", "FIRST",
              "connection", i,
              "planned", at,
              "sent", sent,
              "received", sent + 6_000_000L,
              "reception", accepted ? "ACCEPTED" : "THROTTLED",
              "detail", ""));
    }
  }
}
