package asyncinfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps identifiers and Javadoc in the field's terms and in plain technical English. */
@Tag("slow")
class LanguageTest {
  /** Words for which the field has a term; see the glossary in README.md. */
  private static final Set<String> WORDS =
      Set.of(
          "alteration",
          "altered",
          "asker",
          "askers",
          "barred",
          "catalogue",
          "catalogues",
          "courier",
          "feeler",
          "feelers",
          "hammer",
          "honest",
          "hurried",
          "hush",
          "judgement",
          "judgements",
          "lawful",
          "letter",
          "nobody",
          "opinion",
          "parties",
          "party",
          "plainly",
          "provocation",
          "provocations",
          "provoke",
          "provoked",
          "reception",
          "said",
          "says",
          "scribe",
          "scribes",
          "shape",
          "shapes",
          "shoot",
          "shot",
          "shots",
          "sieve",
          "sight",
          "silence",
          "silences",
          "strayed",
          "teeth",
          "told",
          "trouble",
          "troubles",
          "unsure",
          "whoever",
          "zoo");

  /** First words that make a clause, not a verb or a noun phrase, of a Javadoc's first sentence. */
  private static final Set<String> CLAUSES =
      Set.of(
          "how",
          "what",
          "whatever",
          "when",
          "where",
          "whether",
          "which",
          "who",
          "whoever",
          "whose",
          "why");

  @Test
  void namesThingsByTheTermsOfTheField() throws IOException {
    List<String> found = new ArrayList<>();
    visit(
        (where, name) ->
            words(name).filter(WORDS::contains).forEach(w -> found.add(where + ": " + name)),
        (where, doc) -> {});

    assertThat(found).isEmpty();
  }

  @Test
  void opensEachJavadocWithAVerbOrANoun() throws IOException {
    List<String> found = new ArrayList<>();
    visit(
        (where, name) -> {},
        (where, doc) -> {
          String first = doc.strip().split("[^\\p{Alpha}]+", 2)[0].toLowerCase(Locale.ROOT);
          if (CLAUSES.contains(first)) {
            found.add(where + ": " + doc.strip().lines().findFirst().orElse(""));
          }
        });

    assertThat(found).isEmpty();
  }

  /** Splits an identifier in camel case or upper case into its words, in lower case. */
  private static Stream<String> words(String identifier) {
    return Arrays.stream(
        identifier
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .split("_", -1));
  }

  /** Reports each declared name and each Javadoc comment, with the file and line it stands in. */
  private static void visit(BiConsumer<String, String> names, BiConsumer<String, String> docs)
      throws IOException {
    List<Path> files =
        Stream.concat(SourceTree.product().stream(), SourceTree.selfTests().stream()).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Declarations(trees, names, docs).scan(unit, null);
      }
    }
  }

  private static final class Declarations extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final BiConsumer<String, String> names;
    private final BiConsumer<String, String> docs;

    Declarations(
        DocTrees trees, BiConsumer<String, String> names, BiConsumer<String, String> docs) {
      this.trees = trees;
      this.names = names;
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      report(tree, tree.getSimpleName().toString());
      return super.visitClass(tree, null);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      report(tree, tree.getName().toString());
      return super.visitMethod(tree, null);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
      report(tree, tree.getName().toString());
      return super.visitVariable(tree, null);
    }

    private void report(Tree tree, String name) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      String where =
          unit.getSourceFile().getName()
              + ":"
              + unit.getLineMap()
                  .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
      names.accept(where, name);
      String doc = trees.getDocComment(getCurrentPath());
      if (doc != null) {
        docs.accept(where, doc);
      }
    }
  }
}
