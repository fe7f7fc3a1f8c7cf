package asyncinfo.suite;

import asyncinfo.client.ActionParameter;
import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.SignatureV3;
import asyncinfo.client.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/**
 * The ways in which a request may differ from a good one, by the names that {@code
 * schemas/common/api-3.0.json} uses. What must follow from each stands there.
 */
enum RequestMutation {
  /** Nothing differs. */
  NONE("none"),
  /** A common parameter is left out. */
  OMIT("omit") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.without(parameter);
    }
  },
  /** A parameter of the action is left out: the first required one where none is named. */
  OMIT_REQUIRED("omit-required") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      String name = parameter.isEmpty() ? firstRequired(call).name() : parameter;
      return call.withArguments(
          call.arguments().stream().filter(a -> !a.name().equals(name)).toList());
    }
  },
  /** A common parameter has a value that does not exist. */
  SET("set") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      String wellFormed =
          call.common().get(parameter).replaceAll("[0-9]", "9").replaceAll("[A-Za-z]", "x");
      return call.withCommon(parameter, wellFormed);
    }
  },
  /** A parameter that nobody defined is added. */
  UNKNOWN_PARAMETER("unknown-parameter") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return withMore(call, new ActionParameter("NoSuchParameter", StringNode.valueOf("1")));
    }
  },
  /** A parameter of the action is there twice. */
  REPEAT_PARAMETER("repeat-parameter") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return withMore(call, firstArgument(call));
    }
  },
  /**
   * A parameter that should be a string is a JSON number, or the other way round: the first one of
   * the call where none is named.
   */
  NUMBER_FOR_STRING("number-for-string") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      String name = parameter.isEmpty() ? firstArgument(call).name() : parameter;
      boolean text =
          call.api().inputs().stream()
              .anyMatch(m -> m.name().equals(name) && m.type().equals("String"));
      return with(call, name, text ? IntNode.valueOf(4762) : StringNode.valueOf("x"));
    }
  },
  /** The first parameter of the action is longer than a request may be, in bytes. */
  OVERSIZE("oversize") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return withFirst(call, StringNode.valueOf("x".repeat(Integer.parseInt(parameter) + 1)));
    }
  },
  /** The language of messages is asked for. */
  LANGUAGE("language") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withCommon("Language", parameter);
    }
  },
  /** The request states a time that is off by some seconds. */
  CLOCK_OFFSET("clock-offset") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withCommon(
          "Timestamp", Long.toString(call.timestamp() + Long.parseLong(parameter)));
    }
  },
  /** The action's header is signed too. */
  SIGN_ACTION_HEADER("sign-action-header") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withSignedHeaders(List.of("content-type", "host", "x-tc-action"));
    }
  },
  /** The host is left out of what is signed. */
  UNSIGNED_HOST("unsigned-host") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withSignedHeaders(List.of("content-type"));
    }
  },
  /** The credential scope has the date of the day before. */
  SCOPE_DATE("scope-date") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withScopeDate(SignatureV3.date(call.timestamp() - 86_400));
    }
  },
  /** The credential scope has the name of a product that is none of ours. */
  SCOPE_SERVICE("scope-service") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withService("cvm");
    }
  },
  /** Another SecretKey signs. */
  WRONG_SECRET_KEY("wrong-secret-key") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      Credentials right = call.credentials();
      String reversed = new StringBuilder(right.secretKey()).reverse().append('x').toString();
      return call.withCredentials(new Credentials(right.secretId(), reversed, right.token()));
    }
  },
  /** A SecretId that nobody has signs. */
  UNKNOWN_SECRET_ID("unknown-secret-id") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withCredentials(
          new Credentials("AKIDnobody" + "0".repeat(26), call.credentials().secretKey()));
    }
  },
  /** The method is changed after signing. */
  METHOD("method") {
    @Override
    SignedRequest afterSigning(SignedRequest message, ApiRequest call, String parameter) {
      return message.withMethod(parameter);
    }
  },
  /** The first argument is changed after signing. */
  TAMPER("tamper") {
    @Override
    SignedRequest afterSigning(SignedRequest message, ApiRequest call, String parameter) {
      ActionParameter first = firstArgument(call);
      String more = first.value().isString() ? "tampered" : "1";
      UnaryOperator<String> change =
          text -> text.replaceFirst("(" + first.name() + "(?:=|\":\"?))", "$1" + more);
      return message
          .withQuery(change.apply(message.query()))
          .withBody(change.apply(message.bodyText()).getBytes(StandardCharsets.UTF_8));
    }
  },
  /** The Authorization header is not of the documented form. */
  MALFORMED_AUTHORIZATION("malformed-authorization") {
    @Override
    SignedRequest afterSigning(SignedRequest message, ApiRequest call, String parameter) {
      String good = message.header("Authorization").orElseThrow();
      return message.withHeader("Authorization", good.replace("SignedHeaders=", "Headers:"));
    }
  },
  /** The body ends before its JSON does, and is signed so. */
  MALFORMED_JSON("malformed-json") {
    @Override
    ApiRequest beforeSigning(ApiRequest call, String parameter) {
      return call.withRawBody("{\"" + firstArgument(call).name() + "\":");
    }
  },
  /** Many calls at once, more than the limit lets through. */
  BURST("burst");

  private final String documentedName;

  RequestMutation(String documentedName) {
    this.documentedName = documentedName;
  }

  /**
   * The alteration of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static RequestMutation named(String name) {
    return Stream.of(values())
        .filter(a -> a.documentedName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schemas/common/api-3.0.json: nobody knows the alteration \"" + name + "\""));
  }

  /** The altered request, on the wire. */
  SignedRequest apply(ApiRequest good, String parameter) {
    ApiRequest altered = beforeSigning(good, parameter);
    return afterSigning(altered.sign(), altered, parameter);
  }

  ApiRequest beforeSigning(ApiRequest call, String parameter) {
    return call;
  }

  SignedRequest afterSigning(SignedRequest message, ApiRequest call, String parameter) {
    return message;
  }

  private static ActionParameter firstArgument(ApiRequest call) {
    return call.arguments().stream()
        .min(Comparator.comparing(argument -> !isRequired(call, argument)))
        .orElseThrow(
            () -> new NotApplicableException("the action has no parameter of its own to alter"));
  }

  private static ActionParameter firstRequired(ApiRequest call) {
    return call.arguments().stream()
        .filter(argument -> isRequired(call, argument))
        .findFirst()
        .orElseThrow(
            () -> new NotApplicableException("the action has no required parameter of its own"));
  }

  private static boolean isRequired(ApiRequest call, ActionParameter argument) {
    return call.api().inputs().stream()
        .anyMatch(input -> input.required() && input.name().equals(argument.name()));
  }

  private static ApiRequest withMore(ApiRequest call, ActionParameter argument) {
    List<ActionParameter> more = new ArrayList<>(call.arguments());
    more.add(argument);
    return call.withArguments(more);
  }

  private static ApiRequest withFirst(ApiRequest call, JsonNode value) {
    return with(call, firstArgument(call).name(), value);
  }

  private static ApiRequest with(ApiRequest call, String name, JsonNode value) {
    List<ActionParameter> changed = new ArrayList<>(call.arguments());
    changed.replaceAll(a -> a.name().equals(name) ? new ActionParameter(name, value) : a);
    if (changed.equals(call.arguments())) {
      changed.add(new ActionParameter(name, value));
    }
    return call.withArguments(changed);
  }

  @Override
  public String toString() {
    return documentedName;
  }
}
