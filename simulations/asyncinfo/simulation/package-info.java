/** The Gatling simulation that measures the rate limits of all APIs. */
package asyncinfo.simulation;
