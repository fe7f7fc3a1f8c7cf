/** One API 3.0 call: request formats, signatures v1 and v3, request, response and redaction. */
package asyncinfo.client;
