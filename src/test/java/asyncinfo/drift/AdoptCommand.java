package asyncinfo.drift;

import asyncinfo.contract.Specification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the schemas, mappings and fixtures of an API from the saved text of its page. */
@Command(
    name = "adopt",
    description =
        "Writes schemas, stub mappings and fixtures of an API from the saved text of its page.")
public final class AdoptCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PAGE", description = "The saved text of a page.")
  private List<Path> pages;

  @Option(
      names = "--schemas",
      paramLabel = "DIR",
      defaultValue = "schemas",
      description = "The folder of the schemas (${DEFAULT-VALUE}).")
  private Path schemas;

  @Option(
      names = "--stubs",
      paramLabel = "DIR",
      defaultValue = "stubs",
      description = "The folder of the stub (${DEFAULT-VALUE}).")
  private Path stubs;

  @Option(
      names = "--structures",
      paramLabel = "FILE",
      description = "The saved text of the product's page of data structures.")
  private Path structures;

  @Option(names = "--overwrite", description = "Replaces files that exist.")
  private boolean overwrite;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Creates a command that picocli fills from its arguments. */
  public AdoptCommand() {}

  /** Returns 0, or 1 if a page cannot be read or a file exists. */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      PageContext context = PageContext.of(Specification.load());
      List<String> folders = new ArrayList<>();
      for (Path page : pages) {
        folders.add(read(page, context, AdoptedIds::product).folder());
      }
      AdoptedIds ids = AdoptedIds.of(schemas, folders);
      for (Path page : pages) {
        adopt(page, context, ids, out);
      }
      out.flush();
      return 0;
    } catch (DriftException e) {
      out.flush();
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
      return 1;
    }
  }

  private void adopt(Path file, PageContext context, AdoptedIds ids, PrintWriter out) {
    AdoptedApi api = read(file, context, ids::of);
    Map<Path, String> files = new LinkedHashMap<>();
    try {
      Path own = schemas.resolve(api.folder());
      api.files().forEach((name, json) -> files.put(own.resolve(name), JsonText.schema(json)));
    } catch (UnreadablePageException e) {
      throw new DriftException("adopt: " + file + e.getMessage());
    }
    StubFiles.of(api).forEach((name, text) -> files.put(stubs.resolve(name), text));
    refuseExisting(files);
    if (!api.id().equals(api.product())) {
      out.printf("%s: the id names the action: %s has others%n", api.id(), api.product());
    }
    api.decisions().lines().forEach(line -> out.println(api.id() + ": " + line));
    files.forEach(AdoptCommand::write);
    out.printf(
        "%s: wrote %d files to %s and %s; %d decisions to review in %s%n",
        api.id(),
        files.size(),
        schemas.resolve(api.folder()),
        stubs,
        api.decisions().lines().size(),
        schemas.resolve(api.folder()).resolve("api.json"));
  }

  private AdoptedApi read(Path file, PageContext context, UnaryOperator<String> id) {
    Structures types = structures == null ? Structures.NONE : readStructures(context);
    PageContext known = context.withStructures(types.rows().keySet());
    try {
      ApiPage page = PageReader.read(SavedPage.read(file), known);
      return new AdoptedApi(page, known, types, date(file), id);
    } catch (UnreadablePageException e) {
      throw new DriftException("adopt: " + file + e.getMessage());
    }
  }

  private Structures readStructures(PageContext context) {
    try {
      return Structures.read(SavedPage.read(structures), context);
    } catch (UnreadablePageException e) {
      throw new DriftException("adopt: " + structures + e.getMessage());
    }
  }

  private static String date(Path file) {
    try {
      return LocalDateTime.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC)
          .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    } catch (IOException e) {
      throw new DriftException("adopt: " + file + " cannot be read");
    }
  }

  private void refuseExisting(Map<Path, String> files) {
    if (overwrite) {
      return;
    }
    files.keySet().stream()
        .filter(Files::exists)
        .findFirst()
        .ifPresent(
            existing -> {
              throw new DriftException(
                  "adopt: %s exists; nothing was written; replace it with --overwrite"
                      .formatted(existing));
            });
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new DriftException("adopt: %s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
