/** Recordings of the requests and responses of a run, written without secrets and replayed. */
package asyncinfo.recording;
