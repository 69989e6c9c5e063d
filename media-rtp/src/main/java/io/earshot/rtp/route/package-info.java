/** What a phone needs from a module that finds ways through NATs, so that it need not name that module. */
package io.earshot.rtp.route;
