#include <iostream>

#include "client/cli/run_command.hpp"
#include "client/local_api/pages.hpp"

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    const int code = hoso::client::cli::run_program(args, std::cin, std::cout, std::cerr, hoso::client::local_api::make_pages);
    std::cout.flush();
    return code;
}
