/** Both directions of a stream behind one door; for this module's own use and media-zrtp's. */
package io.earshot.srtp.guard;
