package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Described;
import asyncinfo.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The files under {@code stubs/} keep the contract too. */
class StubDataIT {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Path MAPPINGS = Path.of("stubs", "mappings");

  static List<Path> mappings() throws IOException {
    try (Stream<Path> files = Files.walk(MAPPINGS)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void answersAsTheSchemasSay(Path file) throws IOException {
    JsonNode mapping = Json.read(Files.readString(file));
    JsonNode body = mapping.at("/response/jsonBody");
    List<Api> apis =
        CATALOGUE.apis().stream()
            .filter(api -> file.startsWith(MAPPINGS.resolve(api.product())))
            .toList();

    assertThat(mapping.at("/response/status").asInt()).isEqualTo(200);
    assertThat(mapping.at("/response/headers/Content-Type").asString())
        .isEqualTo("application/json");
    for (Api api : apis) {
      assertThat(CATALOGUE.checkReply(api, body)).isEmpty();
      assertThat(mapping.at("/request/queryParameters/Version/equalTo").asString())
          .isEqualTo(api.version());
    }
    if (apis.isEmpty()) {
      assertThat(file.getParent()).isEqualTo(MAPPINGS.resolve("common"));
    }
  }

  @Test
  void hasAMappingForEachIdOfTheProvocationsAndAnIdForEachMapping() throws IOException {
    TreeSet<String> provoked = new TreeSet<>();
    for (JsonNode parameters : Json.read(Files.readString(Path.of("stubs", "provocations.json")))) {
      parameters.forEach(value -> provoked.add(value.asString()));
    }
    TreeSet<String> mapped = new TreeSet<>();
    List<String> patterns = new ArrayList<>();
    for (Path file : mappings()) {
      JsonNode id = Json.read(Files.readString(file)).at("/request/queryParameters/AsyncRequestId");
      if (id.has("equalTo")) {
        mapped.add(id.path("equalTo").asString());
      } else {
        patterns.add(id.path("matches").asString());
      }
    }

    assertThat(provoked).containsAll(mapped);
    provoked.removeAll(mapped);
    patterns.remove(".*");
    patterns.remove(".*");
    assertThat(provoked).allMatch(id -> patterns.stream().anyMatch(id::matches));
  }

  @Test
  void refusesWithCommonErrorCodesOnly() {
    GatewayData data = new GatewayData(Path.of("stubs", "gateway.json"));

    assertThat(data.refusals().values().stream().map(Refusal::code))
        .isSubsetOf(CATALOGUE.commonErrors().stream().map(Described::value).toList());
  }
}
