/**
 * Infers the limiter of an API from samples of its calls: no network, no clock. Depends on no other
 * package.
 */
package asyncinfo.ratelimit;
