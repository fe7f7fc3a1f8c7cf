package asyncinfo.client;

/** The signature methods of API 3.0. */
public enum SignatureMethod {
  /** Signature v3. */
  TC3_HMAC_SHA256("TC3-HMAC-SHA256", "HmacSHA256"),
  /** Signature v1, the default. */
  HMAC_SHA1("HmacSHA1", "HmacSHA1"),
  /** Signature v1 when {@code SignatureMethod=HmacSHA256}. */
  HMAC_SHA256("HmacSHA256", "HmacSHA256");

  private final String documentedName;
  private final String macAlgorithm;

  SignatureMethod(String documentedName, String macAlgorithm) {
    this.documentedName = documentedName;
    this.macAlgorithm = macAlgorithm;
  }

  /**
   * Returns the name in requests: {@code TC3-HMAC-SHA256}, {@code HmacSHA1}, {@code HmacSHA256}.
   */
  public String documentedName() {
    return documentedName;
  }

  String macAlgorithm() {
    return macAlgorithm;
  }
}
