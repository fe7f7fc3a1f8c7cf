package asyncinfo.verdict;

import asyncinfo.contract.ClauseKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which clauses a check proves; a test counts that each clause has one. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Covers {

  /** The kind of the clauses. */
  ClauseKind value();

  /** Of that kind only the clause of this name; all of the kind where it is empty. */
  String name() default "";

  /**
   * Of that kind only the clauses of the parameters that name what is asked about ({@code
   * x-unknown} in the request schemas).
   */
  boolean subjectParameterOnly() default false;

  /**
   * Of that kind only the clauses about requests with this mutation ({@code
   * schemas/common/api-3.0.json}); where it is empty, all but those that strain the endpoint.
   */
  String mutation() default "";

  /** In how many shapes of a call the check is made. */
  Formats formats() default Formats.EACH_SIGNATURE_AND_METHOD;

  /** Sets of call shapes. */
  enum Formats {
    /** The four shapes of official SDKs. */
    EACH_SIGNATURE_AND_METHOD,
    /** The shapes that the promise names. */
    OF_THE_PROMISE,
    /** One shape: the clause does not depend on it. */
    ONE
  }
}
