/**
 * What stands between sockets and the phone: sessions, queues of notifications, the table of calls. On one thread, without sockets.
 */
package io.earshot.control.desk;
