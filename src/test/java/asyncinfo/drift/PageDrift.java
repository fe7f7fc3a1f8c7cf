package asyncinfo.drift;

import static asyncinfo.drift.Differences.count;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.CommonParameter;
import asyncinfo.contract.ContractException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the saved text of a documentation page with {@code schemas/}. */
public final class PageDrift {
  private PageDrift() {}

  /**
   * Prints each difference, and how many there are of each grade.
   *
   * @param args the file with the page's text
   * @throws DriftException when the page promises less, more or something else; when the file is no
   *     page of an API; with one line that says so
   */
  public static void main(String[] args) {
    String file = Stream.of(args).findFirst().orElse("");
    try {
      compare(SavedPage.read(Path.of(file)), Catalogue.load());
    } catch (UnreadablePageException | InvalidPathException e) {
      String why = e instanceof UnreadablePageException ? e.getMessage() : " is no file name";
      throw new DriftException("page: " + file + why);
    } catch (ContractException e) {
      throw new DriftException(e.getMessage());
    }
  }

  static void compare(List<Line> lines, Catalogue catalogue) {
    PageShape shape = PageShape.of(catalogue);
    ApiPage page = PageReader.read(lines, catalogue, shape);
    Api api = Owner.of(page, catalogue.apis(), shape);
    Set<String> common =
        catalogue.commonParameters().stream()
            .map(CommonParameter::name)
            .collect(Collectors.toSet());
    PageComparison.of(api, page, shape, common)
        .tell(
            "%s: the page of %s".formatted(api.product(), page.lastUpdated()), extent(page, shape));
  }

  private static String extent(ApiPage page, PageShape shape) {
    int values =
        Stream.of(page.inputs(), page.outputs())
            .flatMap(List::stream)
            .mapToInt(row -> Description.of(row.description(), shape).values().size())
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
