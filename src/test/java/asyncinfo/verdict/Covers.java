package asyncinfo.verdict;

import asyncinfo.contract.ClauseKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the clauses that a check proves; a test asserts that each clause has one. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Covers {

  /** The kind of the clauses. */
  ClauseKind value();

  /** Of that kind only the clause of this name; all of the kind where it is empty. */
  String name() default "";

  /**
   * Of that kind only the clauses of the parameters that identify the subject ({@code x-unknown} in
   * the request schemas).
   */
  boolean subjectParameterOnly() default false;

  /**
   * Of that kind only the clauses about requests with this mutation ({@code
   * schemas/common/api-3.0.json}); where it is empty, all but those that strain the endpoint.
   */
  String mutation() default "";

  /** The request formats in which the check is made. */
  Formats formats() default Formats.EACH_SIGNATURE_AND_METHOD;

  /** Sets of request formats. */
  enum Formats {
    /** The four formats of official SDKs. */
    EACH_SIGNATURE_AND_METHOD,
    /** The formats that the clause lists. */
    OF_THE_PROMISE,
    /** One format: the clause does not depend on it. */
    ONE
  }
}
