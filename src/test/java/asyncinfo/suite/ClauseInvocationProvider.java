package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.verdict.Covers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs a test method once for each clause that it covers, each API that the clause binds, and each
 * request format.
 */
final class ClauseInvocationProvider implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(Covers.class);
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    TestRun run = TestRun.of(context);
    Covers covers = context.getRequiredTestMethod().getAnnotation(Covers.class);
    String suite = context.getRequiredTestClass().getSimpleName();
    List<List<TestTemplateInvocationContext>> perApi =
        run.target().apis().stream().map(api -> invocations(run, api, covers, suite)).toList();
    // Alternates between the APIs, so that each is sent requests at its full rate from the start.
    return IntStream.range(0, perApi.stream().mapToInt(List::size).max().orElse(0))
        .boxed()
        .flatMap(i -> perApi.stream().filter(list -> i < list.size()).map(list -> list.get(i)));
  }

  private static List<TestTemplateInvocationContext> invocations(
      TestRun run, Api api, Covers covers, String suite) {
    List<TestTemplateInvocationContext> all = new ArrayList<>();
    for (Clause clause : clauses(run.specification(), run.target(), api, covers)) {
      formats(run.specification(), covers, clause).stream()
          .limit(run.oneFormat() ? 1 : Integer.MAX_VALUE)
          .forEach(format -> all.add(new Invocation(run, api, clause, format, suite)));
    }
    return all;
  }

  /** Returns the number of cases of a suite, each check made in all of its formats. */
  static int count(Class<?> suite, Specification specification, TargetEndpoint target) {
    return Stream.of(suite.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Covers.class))
        .map(method -> method.getAnnotation(Covers.class))
        .flatMapToInt(
            covers ->
                target.apis().stream()
                    .flatMap(api -> clauses(specification, target, api, covers).stream())
                    .mapToInt(clause -> formats(specification, covers, clause).size()))
        .sum();
  }

  private static List<Clause> clauses(
      Specification specification, TargetEndpoint target, Api api, Covers covers) {
    return specification.clauses(api).stream()
        .filter(clause -> covers(specification, api, covers, clause))
        .filter(target::includes)
        .toList();
  }

  /** Returns whether a check covers a clause that binds an API. */
  static boolean covers(Specification specification, Api api, Covers covers, Clause clause) {
    return covers.value() == clause.kind()
        && coversMutation(specification, covers, clause)
        && (covers.name().isEmpty() || covers.name().equals(clause.name()))
        && (!covers.subjectParameterOnly()
            || specification
                .requests(api)
                .unknown()
                .filter(parameter -> parameter.getKey().equals(clause.name()))
                .isPresent());
  }

  private static boolean coversMutation(Specification specification, Covers covers, Clause clause) {
    Optional<Requirement> requirement =
        switch (clause.kind()) {
          case REFUSED -> Optional.of(specification.promise(clause));
          case COMMON_ERROR -> specification.requirementOf(clause.name());
          default -> Optional.empty();
        };
    return covers.mutation().isEmpty()
        ? requirement.filter(Requirement::strains).isEmpty()
        : requirement.filter(r -> r.mutation().equals(covers.mutation())).isPresent();
  }

  private static List<RequestFormat> formats(
      Specification specification, Covers covers, Clause clause) {
    return switch (covers.formats()) {
      case ONE -> RequestFormat.EACH_METHOD_AND_SIGNATURE.subList(0, 1);
      case EACH_SIGNATURE_AND_METHOD -> RequestFormat.EACH_METHOD_AND_SIGNATURE;
      case OF_THE_PROMISE ->
          clause.kind() == ClauseKind.COMMON_ERROR
              ? RequestFormat.EACH_METHOD_AND_SIGNATURE.subList(0, 1)
              : specification.promise(clause).formats().stream()
                  .map(RequestFormat::valueOf)
                  .toList();
    };
  }

  private record Invocation(TestRun run, Api api, Clause clause, RequestFormat format, String suite)
      implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
      String suffix = clause.api().isPresent() ? "" : " " + api.id();
      return clause.id() + suffix + " [" + format + "]";
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new TestCaseExtension(new TestCase(run, api, clause, format, suite)));
    }
  }

  /** Passes the case to the test method, and ensures that the case comes to a conclusion. */
  private record TestCaseExtension(TestCase testCase)
      implements ParameterResolver, InvocationInterceptor {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestCase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return testCase;
    }

    @Override
    public void interceptTestTemplateMethod(
        InvocationInterceptor.Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      try {
        invocation.proceed();
      } catch (AssertionFailedError | TestAbortedException e) {
        throw e;
      } catch (NoResponseException | RequestNotSentException e) {
        throw new InconclusiveException(testCase.clause() + ": " + testCase.error(e));
      } catch (Throwable e) {
        testCase.error(e);
        throw e;
      }
      if (!testCase.concluded()) {
        IllegalStateException unchecked =
            new IllegalStateException(testCase.clause() + ": the test made no check");
        testCase.error(unchecked);
        throw unchecked;
      }
    }
  }
}
