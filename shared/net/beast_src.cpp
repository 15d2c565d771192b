// The separately compiled halves of Asio and Beast; everybody who links hoso_net uses them from here.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
