package asyncinfo.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Field;
import asyncinfo.contract.Limit;
import asyncinfo.contract.Specification;
import com.google.gson.annotations.SerializedName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An SDK's models are compared with {@code schemas/} member by member and type by type. */
class SdkDriftTest {
  private static final Api API =
      new Api(
          "depot",
          "depot",
          "2025-03-01",
          "DescribeParcels",
          "DescribeParcels",
          "2026-02-01 09:00:00",
          "",
          "depot.tencentcloudapi.com",
          new Limit(20, 1),
          Stream.of("Action String", "Region String", "Ids Array of String", "Limit Integer")
              .map(SdkDriftTest::member)
              .toList(),
          Stream.of(
                  "Total Integer",
                  "Rate Float",
                  "Done Boolean",
                  "Items Array of Object",
                  "Page Object",
                  "Since Timestamp ISO8601",
                  "RequestId String")
              .map(SdkDriftTest::member)
              .toList(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static final PageContext SCHEMAS = PageContext.of(Specification.load());
  private static final PageContext CONTRACT =
      new PageContext(
          List.of(API),
          SCHEMAS.commonParameters(),
          SCHEMAS.commonCodes(),
          SCHEMAS.format(),
          Set.of());
  private static final String MODELS = "com.tencentcloudapi.depot.v20250301.models.";
  private static final String FILES = "see schemas/depot/2025-03-01/DescribeParcels/";

  private static Field member(String nameAndType) {
    String[] words = nameAndType.split(" ", 2);
    return new Field(words[0], words[1], true, "", List.of());
  }

  static class Request {
    @SerializedName("Ids")
    String[] ids;

    @SerializedName("Limit")
    Long limit;

    String notOnTheWire;
  }

  static class Structure {}

  static class Paged {
    @SerializedName("Page")
    Structure page;

    @SerializedName("RequestId")
    String id;
  }

  static class Response extends Paged {
    @SerializedName("Total")
    Long total;

    @SerializedName("Rate")
    BigDecimal rate;

    @SerializedName("Done")
    Boolean done;

    @SerializedName("Items")
    Structure[] items;

    @SerializedName("Since")
    String since;
  }

  static class OtherRequest {
    @SerializedName("Ids")
    String ids;

    @SerializedName("Offset")
    Long offset;
  }

  static class OtherResponse extends Paged {
    @SerializedName("Total")
    String total;

    @SerializedName("Rate")
    Long rate;

    @SerializedName("Done")
    Boolean done;

    @SerializedName("Items")
    Long[] items;

    @SerializedName("Since")
    String since;
  }

  private static List<String> changes(Class<?> request, Class<?> response) {
    return new SdkComparison("SDK 1.0", CONTRACT, models(request, response)::get)
        .differences(API).stream().map(Difference::toString).toList();
  }

  private static Map<String, Class<?>> models(Class<?> request, Class<?> response) {
    return Map.of(
        MODELS + "DescribeParcelsRequest", request,
        MODELS + "DescribeParcelsResponse", response);
  }

  @Test
  void findsNothingInModelsThatSchemasDescribe() {
    assertThat(changes(Request.class, Response.class)).isEmpty();
  }

  @Test
  void namesWhatIsMissingNewOrOfAnotherType() {
    assertThat(changes(OtherRequest.class, OtherResponse.class))
        .containsExactly(
            "BREAKING  depot/2/Ids: SDK 1.0: String; schemas/: Array of String; "
                + FILES
                + "request.schema.json",
            "BREAKING  depot/2/Limit: SDK 1.0: nothing; schemas/: Integer; "
                + FILES
                + "request.schema.json",
            "ADDED     depot/2/Offset: SDK 1.0: Long; schemas/: nothing; "
                + FILES
                + "request.schema.json",
            "BREAKING  depot/3/Total: SDK 1.0: String; schemas/: Integer; "
                + FILES
                + "success.schema.json",
            "BREAKING  depot/3/Rate: SDK 1.0: Long; schemas/: Float; "
                + FILES
                + "success.schema.json",
            "BREAKING  depot/3/Items: SDK 1.0: Long[]; schemas/: Array of Object; "
                + FILES
                + "success.schema.json");
  }

  private static String run(Map<String, Class<?>> models) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      SdkDrift.compare("SDK 1.0", CONTRACT, models::get, stream);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void printsOneLineIfNothingDiffers() {
    assertThat(run(models(Request.class, Response.class)))
        .isEqualTo(
            "SDK 1.0 matches schemas/; compared the models of depot: 2 parameters, 7" + " members");
  }

  @Test
  void endsTheBuildWithTheCounts() {
    assertThatThrownBy(() -> run(models(OtherRequest.class, OtherResponse.class)))
        .isInstanceOf(DriftException.class)
        .hasMessage(
            "SDK 1.0 differs from schemas/: 5 BREAKING, 1 ADDED, 0 WORDING; compared the models of"
                + " depot: 2 parameters, 7 members");
  }

  @Test
  void refusesAnSdkWithoutAModel() {
    assertThatThrownBy(() -> run(Map.of(MODELS + "DescribeParcelsRequest", Request.class)))
        .hasMessage(
            "sdk-drift: SDK 1.0 has no"
                + " com.tencentcloudapi.depot.v20250301.models.DescribeParcelsResponse; nothing"
                + " was compared; choose a version with -Dsdk.version");
  }

  /** As in the ordinary build, which has only the part that is common to all products. */
  @Test
  void refusesToRunWithoutAnSdk() {
    assertThatThrownBy(() -> SdkDrift.run("1.0"))
        .isInstanceOf(DriftException.class)
        .hasMessage(
            "sdk-drift: no SDK with any of the models is on the class path; run mvn -q test"
                + " -Psdk-drift");
  }
}
