package asyncinfo.suite;

import asyncinfo.client.ActionParameter;
import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.SignatureV3;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/**
 * The ways in which a request can differ from a valid one, by the names that {@code
 * schemas/common/api-3.0.json} uses, which also lists the error codes that may answer each.
 */
enum RequestMutation {
  /** Nothing differs. */
  NONE("none"),
  /** A common parameter is left out. */
  OMIT("omit") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.without(parameter);
    }
  },
  /** A parameter of the action is left out: the first required one where none is named. */
  OMIT_REQUIRED("omit-required") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      String name = parameter.isEmpty() ? firstRequired(request).name() : parameter;
      return request.withArguments(
          request.arguments().stream().filter(a -> !a.name().equals(name)).toList());
    }
  },
  /** A common parameter has a value that does not exist. */
  SET("set") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      String wellFormed =
          request.common().get(parameter).replaceAll("[0-9]", "9").replaceAll("[A-Za-z]", "x");
      return request.withCommon(parameter, wellFormed);
    }
  },
  /** An undefined parameter is added. */
  UNKNOWN_PARAMETER("unknown-parameter") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return withMore(request, new ActionParameter("NoSuchParameter", StringNode.valueOf("1")));
    }
  },
  /** A parameter of the action is repeated. */
  REPEAT_PARAMETER("repeat-parameter") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return withMore(request, firstArgument(request));
    }
  },
  /**
   * A parameter that should be a string is a JSON number, or the reverse: the first one of the
   * request where none is named.
   */
  NUMBER_FOR_STRING("number-for-string") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      String name = parameter.isEmpty() ? firstArgument(request).name() : parameter;
      boolean text =
          request.api().inputs().stream()
              .anyMatch(m -> m.name().equals(name) && m.type().equals("String"));
      return with(request, name, text ? IntNode.valueOf(4762) : StringNode.valueOf("x"));
    }
  },
  /** The first parameter of the action is longer than a request may be, in bytes. */
  OVERSIZE(Requirement.OVERSIZE) {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return withFirst(request, StringNode.valueOf("x".repeat(Integer.parseInt(parameter) + 1)));
    }
  },
  /** The language of messages is asked for. */
  LANGUAGE("language") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withCommon("Language", parameter);
    }
  },
  /** The request states a time that is off by some seconds. */
  CLOCK_OFFSET("clock-offset") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withCommon(
          "Timestamp", Long.toString(request.timestamp() + Long.parseLong(parameter)));
    }
  },
  /** The action's header is signed too. */
  SIGN_ACTION_HEADER("sign-action-header") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withSignedHeaders(List.of("content-type", "host", "x-tc-action"));
    }
  },
  /** The host is left out of what is signed. */
  UNSIGNED_HOST("unsigned-host") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withSignedHeaders(List.of("content-type"));
    }
  },
  /** The credential scope has the date of the day before. */
  SCOPE_DATE("scope-date") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withScopeDate(SignatureV3.date(request.timestamp() - 86_400));
    }
  },
  /** The credential scope has the name of a product that is none of ours. */
  SCOPE_SERVICE("scope-service") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withService("cvm");
    }
  },
  /** The request is signed with another SecretKey. */
  WRONG_SECRET_KEY("wrong-secret-key") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      Credentials right = request.credentials();
      String reversed = new StringBuilder(right.secretKey()).reverse().append('x').toString();
      return request.withCredentials(new Credentials(right.secretId(), reversed, right.token()));
    }
  },
  /** The request is signed with a SecretId that does not exist. */
  UNKNOWN_SECRET_ID("unknown-secret-id") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withCredentials(
          new Credentials("AKIDunknown" + "0".repeat(25), request.credentials().secretKey()));
    }
  },
  /** The method is changed after signing. */
  METHOD("method") {
    @Override
    SignedRequest afterSigning(SignedRequest message, ApiRequest request, String parameter) {
      return message.withMethod(parameter);
    }
  },
  /** The first argument is changed after signing. */
  TAMPER("tamper") {
    @Override
    SignedRequest afterSigning(SignedRequest message, ApiRequest request, String parameter) {
      ActionParameter first = firstArgument(request);
      JsonNode value = first.value();
      while (value.isContainer() && !value.isEmpty()) {
        value = value.values().iterator().next();
      }
      String more = value.isString() ? "tampered" : "1";
      // Up to the first value in it: Ids.0= in a query, "Ids":[" in a body.
      Pattern start =
          Pattern.compile(
              "%s(?:(?:\\.\\w+)*=|\":(?:[\\[{]|\"\\w+\":)*\"?)"
                  .formatted(Pattern.quote(first.name())));
      UnaryOperator<String> change = text -> start.matcher(text).replaceFirst("$0" + more);
      return message
          .withQuery(change.apply(message.query()))
          .withBody(change.apply(message.bodyText()).getBytes(StandardCharsets.UTF_8));
    }
  },
  /** The Authorization header is not of the documented form. */
  MALFORMED_AUTHORIZATION("malformed-authorization") {
    @Override
    SignedRequest afterSigning(SignedRequest message, ApiRequest request, String parameter) {
      String good = message.header("Authorization").orElseThrow();
      return message.withHeader("Authorization", good.replace("SignedHeaders=", "Headers:"));
    }
  },
  /** The body ends before its JSON does, and is signed so. */
  MALFORMED_JSON("malformed-json") {
    @Override
    ApiRequest beforeSigning(ApiRequest request, String parameter) {
      return request.withRawBody("{\"" + firstArgument(request).name() + "\":");
    }
  },
  /** More requests are sent at once than the limit accepts. */
  BURST(Requirement.BURST);

  private final String documentedName;

  RequestMutation(String documentedName) {
    this.documentedName = documentedName;
  }

  /**
   * Returns the mutation of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static RequestMutation named(String name) {
    return Stream.of(values())
        .filter(a -> a.documentedName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schemas/common/api-3.0.json: unknown mutation \"" + name + "\""));
  }

  /** Returns the mutated request, signed. */
  SignedRequest apply(ApiRequest valid, String parameter) {
    ApiRequest mutated = beforeSigning(valid, parameter);
    return afterSigning(mutated.sign(), mutated, parameter);
  }

  ApiRequest beforeSigning(ApiRequest request, String parameter) {
    return request;
  }

  SignedRequest afterSigning(SignedRequest message, ApiRequest request, String parameter) {
    return message;
  }

  private static ActionParameter firstArgument(ApiRequest request) {
    return request.arguments().stream()
        .min(Comparator.comparing(argument -> !isRequired(request, argument)))
        .orElseThrow(() -> new NotApplicableException("the action has no parameter of its own"));
  }

  private static ActionParameter firstRequired(ApiRequest request) {
    return request.arguments().stream()
        .filter(argument -> isRequired(request, argument))
        .findFirst()
        .orElseThrow(
            () -> new NotApplicableException("the action has no required parameter of its own"));
  }

  private static boolean isRequired(ApiRequest request, ActionParameter argument) {
    return request.api().inputs().stream()
        .anyMatch(input -> input.required() && input.name().equals(argument.name()));
  }

  private static ApiRequest withMore(ApiRequest request, ActionParameter argument) {
    List<ActionParameter> more = new ArrayList<>(request.arguments());
    more.add(argument);
    return request.withArguments(more);
  }

  private static ApiRequest withFirst(ApiRequest request, JsonNode value) {
    return with(request, firstArgument(request).name(), value);
  }

  private static ApiRequest with(ApiRequest request, String name, JsonNode value) {
    List<ActionParameter> changed = new ArrayList<>(request.arguments());
    changed.replaceAll(a -> a.name().equals(name) ? new ActionParameter(name, value) : a);
    if (changed.equals(request.arguments())) {
      changed.add(new ActionParameter(name, value));
    }
    return request.withArguments(changed);
  }

  @Override
  public String toString() {
    return documentedName;
  }
}
