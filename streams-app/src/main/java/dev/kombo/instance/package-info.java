/** One instance as commands start it: the service, its query API, and the broker that may run beside them. */
package dev.kombo.instance;
