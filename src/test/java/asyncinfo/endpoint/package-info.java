/** Endpoints that are tested (stub, staging, recording), with pacing, fixtures and waivers. */
package asyncinfo.endpoint;
