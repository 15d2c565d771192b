#pragma once

#include <boost/json/object.hpp>

#include "client/desk.hpp"
#include "client/paper/facts.hpp"
#include "client/past_states.hpp"

namespace hoso::client::cli {

// A paper as a file, and what to say of it.
struct Paper {
    std::string name;
    std::string media_type;
    std::string bytes;
    boost::json::object about;
};

// The state of now, or a past one, with who signed what out of this desk's copy of the log. Good until the next record.
paper::Source paper_source(const Desk& desk, const PastStates::Look* past);

// The beginning and what the paper is called, without accents, with a dash for what file systems and headers do not take.
std::string plain_name(std::string begin, std::string_view called);

// By number, or the id of a decision or a meeting. Errc::not_found, invalid, conflict, and what making the file meets.
enum class PaperForm { pdf, docx };
Result<Paper> certificate_paper(const paper::Source& source, const std::string& number);
Result<Paper> decision_paper(const paper::Source& source, const std::string& called, PaperForm form);
Result<Paper> minutes_paper(const paper::Source& source, const std::string& called);
Result<Paper> report_paper(const paper::Source& source, const std::string& called);  // of a round

}  // namespace hoso::client::cli
