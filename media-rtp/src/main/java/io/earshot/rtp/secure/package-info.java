/** What a phone needs from a module that encrypts media, so that it need not name that module. */
package io.earshot.rtp.secure;
