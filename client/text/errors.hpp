#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hoso::client {

// One sentence of an error in both languages. The English one is its key: each {} stands for what it names, and the Vietnamese one
// has it again in the same order. tests/tidy/errors_in_vietnamese.py holds the rows against the sources.
struct ErrorWords {
    std::string_view en;
    std::string_view vi;
};

// By what makes them: one array a file.
namespace errors {
extern const std::span<const ErrorWords> of_command_line;
extern const std::span<const ErrorWords> of_commands;
extern const std::span<const ErrorWords> of_desk;
extern const std::span<const ErrorWords> of_disk;
extern const std::span<const ErrorWords> of_log;
extern const std::span<const ErrorWords> of_pages;
}  // namespace errors

// In Vietnamese what an error's detail says in English, also the sentences that it quotes; nothing for what no row has.
std::optional<std::string> error_in_vietnamese(std::string_view detail);

}  // namespace hoso::client
