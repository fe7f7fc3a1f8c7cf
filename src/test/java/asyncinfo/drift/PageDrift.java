package asyncinfo.drift;

import static asyncinfo.drift.Differences.count;

import asyncinfo.contract.Api;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Specification;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Compares the saved text of a documentation page with {@code schemas/}. */
public final class PageDrift {
  private PageDrift() {}

  /**
   * Prints each difference, and how many there are of each severity.
   *
   * @param file the file with the page's text
   * @throws DriftException when the page promises less, more or something else; when the file is no
   *     page of an API; the message is one line
   */
  public static void run(String file) {
    try {
      compare(file, PageContext.of(Specification.load()), System.out);
    } catch (ContractException e) {
      throw new DriftException(e.getMessage());
    }
  }

  static void compare(String file, PageContext contract, PrintStream out) {
    try {
      ApiPage page = PageReader.read(SavedPage.read(Path.of(file)), contract);
      Api api = ApiMatcher.of(page, contract);
      String date = page.lastUpdated().isEmpty() ? "no date" : page.lastUpdated();
      PageComparison.of(api, page, contract)
          .print(
              "%s: the page of %s".formatted(api.id(), date), extent(page, contract.format()), out);
    } catch (UnreadablePageException e) {
      throw new DriftException("page: " + file + e.getMessage());
    }
  }

  private static String extent(ApiPage page, PageTemplate format) {
    int values =
        Stream.of(page.inputs(), page.outputs())
            .flatMap(List::stream)
            .mapToInt(row -> Description.of(row.description(), format).values().size())
            .sum();
    return String.join(
        ", ",
        count(page.inputs().size(), "parameter"),
        count(page.outputs().size(), "member"),
        count(values, "value"),
        count(page.errors().size(), "code"),
        count(page.examples().size(), "example"));
  }
}
