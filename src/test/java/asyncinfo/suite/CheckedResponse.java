package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.SignedRequest;
import java.util.List;

/**
 * What came back from one request, judged by the rules for each reply.
 *
 * @param request the request
 * @param reply the reply
 * @param observations what the rules say of it
 * @param clockSkew by how many seconds the endpoint's clock is ahead of this machine's, as its Date
 *     header has it; 0 where it has none
 */
record CheckedResponse(
    SignedRequest request, ApiResponse reply, List<Observation> observations, long clockSkew) {}
