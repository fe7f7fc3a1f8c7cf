package asyncinfo.client;

import java.util.List;

/** The request formats of the official SDKs, each with its signature method. */
public enum RequestFormat {
  /** POST, JSON body, TC3-HMAC-SHA256 in the Authorization header. */
  POST_JSON_V3("POST v3", "POST", SignatureMethod.TC3_HMAC_SHA256),
  /** GET, the action's parameters in the query, TC3-HMAC-SHA256 in the Authorization header. */
  GET_V3("GET v3", "GET", SignatureMethod.TC3_HMAC_SHA256),
  /** GET, everything in the query; the format of the pages' examples. */
  GET_V1_SHA1("GET v1 HmacSHA1", "GET", SignatureMethod.HMAC_SHA1),
  /** The same format with HmacSHA256. */
  GET_V1_SHA256("GET v1 HmacSHA256", "GET", SignatureMethod.HMAC_SHA256),
  /** POST, everything in a form body. */
  POST_FORM_V1_SHA1("POST form v1 HmacSHA1", "POST", SignatureMethod.HMAC_SHA1),
  /** The same format with HmacSHA256. */
  POST_FORM_V1_SHA256("POST form v1 HmacSHA256", "POST", SignatureMethod.HMAC_SHA256);

  /** One format for each HTTP method and signature version. */
  public static final List<RequestFormat> EACH_METHOD_AND_SIGNATURE =
      List.of(POST_JSON_V3, GET_V3, GET_V1_SHA1, POST_FORM_V1_SHA256);

  private final String title;
  private final String method;
  private final SignatureMethod signatureMethod;

  RequestFormat(String title, String method, SignatureMethod signatureMethod) {
    this.title = title;
    this.method = method;
    this.signatureMethod = signatureMethod;
  }

  /** Returns the HTTP method. */
  public String method() {
    return method;
  }

  /** Returns the signature method. */
  public SignatureMethod signatureMethod() {
    return signatureMethod;
  }

  /** Returns true for signature v3, which is sent in a header. */
  public boolean v3() {
    return signatureMethod == SignatureMethod.TC3_HMAC_SHA256;
  }

  @Override
  public String toString() {
    return title;
  }
}
