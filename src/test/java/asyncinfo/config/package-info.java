/** Reads the settings of a run, with credentials, and opens the target endpoint that they name. */
package asyncinfo.config;
