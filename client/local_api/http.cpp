#include "client/local_api/http.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

constexpr std::string_view made_begin = "export-";

}  // namespace

std::filesystem::path MadeFile::place(const std::filesystem::path& folder) {
    return folder / (std::string(made_begin) + io::random_hash().hex().substr(0, 16));
}

void MadeFile::sweep(const std::filesystem::path& folder) {
    std::error_code failed;
    std::vector<std::filesystem::path> left;
    for (std::filesystem::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
        if (each->path().filename().string().starts_with(made_begin)) left.push_back(each->path());
    }
    for (const auto& file : left) std::filesystem::remove(file, failed);
}

MadeFile::~MadeFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

std::uint64_t MadeFile::size() const {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path_, failed);
    return failed ? 0 : bytes;
}

std::string Request::value(std::string_view name) const {
    for (const auto& [key, text] : query) {
        if (key == name) return text;
    }
    return {};
}

bool Request::asked(std::string_view name) const {
    return std::any_of(query.begin(), query.end(), [&](const auto& each) { return each.first == name; });
}

Result<void> set_target(Request& request, std::string_view target) {
    const auto parsed = boost::urls::parse_origin_form({target.data(), target.size()});
    if (!parsed) return Error{Errc::invalid, "The address is not one of this desk's."};
    request.path = parsed->path();
    for (const auto& each : parsed->params()) {
        if (request.query.size() == query_names_max) return Error{Errc::limit, "The address asks for too many things at once."};
        request.query.emplace_back(each.key, each.value);
    }
    return {};
}

Language language_of(const Request& request) {
    const std::string asked = request.asked("lang") ? request.value("lang") : request.languages;
    return asked.empty() ? Language::vi : language_from(asked).value_or(Language::vi);
}

std::string cookie_value(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        std::string_view one = cookies.substr(0, end);
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
            return std::string(one.substr(name.size() + 1));
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
    }
    return {};
}

}  // namespace hoso::client::local_api
