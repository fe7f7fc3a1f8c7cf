package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.report.ReportCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

/** Checks that hold for the report of any run. */
final class ReportCheck {
  private ReportCheck() {}

  /**
   * Writes the report of a self-test run, beside its evidence, and checks it.
   *
   * @param folder the folder with the evidence
   */
  static void writeAndCheck(Specification specification, TargetEndpoint target, Path folder) {
    Path report = folder.resolve("conformance");
    ReportCommand.write(specification, target, folder, report, true);
    check(specification, report);
  }

  /** Checks that the report conforms to its schema, and that JUnit XML has the same counts. */
  static void check(Specification specification, Path report) {
    try {
      JsonNode json = Json.read(Files.readString(report.resolve("conformance.json")));
      assertThat(specification.check("report/conformance.schema.json", json)).isEmpty();
      Document xml =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.resolve("junit.xml").toFile());
      Element suite = xml.getDocumentElement();
      int extra = json.path("missing").size() + json.path("live").path("stale").size();
      for (JsonNode waiver : json.path("waivers")) {
        extra += waiver.path("red").asBoolean() ? 1 : 0;
      }
      int unseen = count(json, "UNOBSERVED");
      int redUnseen = json.path("target").asString().equals("stub") ? unseen : 0;
      assertCount(suite, "tests", "testcase", json.path("clauses").size() + extra);
      int redDeviations = 0;
      for (JsonNode clause : json.path("clauses")) {
        boolean deviates = clause.path("verdict").asString().equals("DEVIATES");
        redDeviations += deviates && clause.path("red").asBoolean() ? 1 : 0;
      }
      int greenDeviations = count(json, "DEVIATES") - redDeviations;
      assertCount(suite, "failures", "failure", count(json, "FAIL") + redDeviations);
      assertCount(suite, "errors", "error", count(json, "ERROR") + redUnseen + extra);
      assertCount(
          suite,
          "skipped",
          "skipped",
          count(json, "WAIVED")
              + count(json, "NOT_TESTABLE")
              + greenDeviations
              + unseen
              - redUnseen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError("no XML", e);
    }
  }

  private static int count(JsonNode json, String verdict) {
    return json.path("counts").path(verdict).asInt();
  }

  private static void assertCount(Element suite, String attribute, String element, int expected) {
    assertThat(suite.getAttribute(attribute)).as(attribute).isEqualTo(Integer.toString(expected));
    assertThat(suite.getElementsByTagName(element).getLength()).as(element).isEqualTo(expected);
  }
}
