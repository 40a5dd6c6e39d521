// programs_java.java - for test_programs.sh: what Java makes of each server. "ID yes" or "ID no".
// Arguments: name, PORT=ID ... Trust comes from -Djavax.net.ssl.trustStore.
// SPDX-License-Identifier: MIT
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

class programs_java {
    public static void main(String[] args) {
        for (int i = 1; i < args.length; i++) {
            String[] one = args[i].split("=", 2);
            System.out.println(one[1] + " " + (accepts(args[0], Integer.parseInt(one[0])) ? "yes" : "no"));
        }
    }

    static boolean accepts(String name, int port) {
        try (Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
