/** Both directions of a stream behind one door; for this module's own use. */
package io.earshot.srtp.guard;
