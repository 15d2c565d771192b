#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

// Another program, run over bytes that nobody vouches for.
namespace hoso::client::media {

struct ChildLimits {
    std::size_t memory_bytes_max = std::size_t{512} * 1024 * 1024;  // of address space
    unsigned processor_s_max = 10;
    std::size_t output_bytes_max = std::size_t{8} * 1024 * 1024;
    std::chrono::milliseconds time_max = std::chrono::seconds{20};
};

enum class ChildEnd { exited, crashed, out_of_time, too_much_output, not_started };

struct ChildReport {
    ChildEnd end = ChildEnd::exited;
    int exit_code = 0;
    Bytes output;            // of standard output
    std::string complaints;  // the first 64 KiB of standard error
};

// The program, absolute, runs in the folder / without input, environment (but PATH) or our open files, and leaves no file. When
// this returns it has ended, killed if need be. Errc::io if the system has no process or memory to give.
Result<ChildReport> run_limited(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                const ChildLimits& limits);

// Where PATH has it; empty if it is not installed.
std::filesystem::path installed_program(const std::string& name);

}  // namespace hoso::client::media
