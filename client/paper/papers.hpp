#pragma once

#include "client/paper/facts.hpp"

// The papers as files. The same facts give the same bytes.
namespace hoso::client::paper {

// What canvas.hpp meets; Errc::internal for a template of ours that does not hold.
Result<std::string> certificate_pdf(const CertificateFacts& facts);
Result<std::string> decision_pdf(const DecisionFacts& facts);
Result<std::string> decision_docx(const DecisionFacts& facts);
Result<std::string> minutes_docx(const MinutesFacts& facts);
Result<std::string> report_docx(const ReportFacts& facts);

}  // namespace hoso::client::paper
